package io.sluice.http.deliver;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An app that speaks HTTP/1.1 byte by byte. */
final class RawHttp1App extends RawApp<RawHttp1App.Peer> {
    static final String NO_BODY = "content-length: 0\r\n\r\n";
    static final String OK = "HTTP/1.1 200 OK\r\n" + NO_BODY;

    RawHttp1App(Vertx vertx, Cell<Peer> cell) {
        super(vertx, cell);
    }

    /** The app's end of a connection. */
    static final class Peer {
        final Vertx vertx;
        private final NetSocket socket;

        Peer(Vertx vertx, NetSocket socket) {
            this.vertx = vertx;
            this.socket = socket;
        }

        Peer say(String bytes) {
            socket.write(Buffer.buffer(bytes, StandardCharsets.ISO_8859_1.name()));
            return this;
        }

        void close() {
            socket.close();
        }

        void reset() {
            RawApp.reset(socket);
        }

        void stopReading() {
            socket.pause();
        }
    }

    @Override
    void accept(NetSocket socket, int number) {
        var peer = new Peer(vertx, socket);
        var request = new ByteArrayOutputStream();
        socket.handler(bytes -> {
            if (headCame(number, peer)) {
                socket.handler(ignored -> {});
                return;
            }
            request.writeBytes(bytes.getBytes());
            var body = body(Buffer.buffer(request.toByteArray()));
            if (body != null) {
                request.reset();
                requestCame(number, body, peer);
            }
        });
        connected(peer);
    }

    private static Buffer body(Buffer request) {
        var text = request.toString(StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("\r\n\r\n") + 4;
        if (begin < 4) {
            return null;
        }
        var head = text.substring(0, begin);
        int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1"));
        return request.length() < begin + length ? null : request.slice(begin, begin + length);
    }

    @Override
    void behave(Peer peer) {
        peer.say(OK);
    }
}
