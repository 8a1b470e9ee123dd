package io.sluice.http.deliver;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An app that speaks HTTP/2, with or without gRPC, frame by frame. */
final class RawHttp2App extends RawApp<RawHttp2App.Peer> {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    private static final int LAST = 1;
    private static final int ACK = 1;
    private static final int END_OF_HEADERS = 4;
    private static final int PREFACE_BYTES = 24;
    private static final int FRAME_HEAD_BYTES = 9;
    private static final int MOST_BYTES = 16_384;
    private static final int FIRST_WINDOW = 65_535;
    private static final byte[] EMPTY_MESSAGE = new byte[5];

    private final boolean grpc;

    RawHttp2App(Vertx vertx, Cell<Peer> cell, boolean grpc) {
        super(vertx, cell);
        this.grpc = grpc;
    }

    /** The app's end of a connection, and the stream of a request on it. */
    static final class Peer {
        final Vertx vertx;
        final int stream;
        private final NetSocket socket;
        private final Connection connection;

        Peer(Vertx vertx, NetSocket socket, Connection connection, int stream) {
            this.vertx = vertx;
            this.socket = socket;
            this.connection = connection;
            this.stream = stream;
        }

        /** @param fields names and values in turn */
        Peer headers(String... fields) {
            return headers(0, fields);
        }

        Peer lastHeaders(String... fields) {
            return headers(LAST, fields);
        }

        private Peer headers(int last, String... fields) {
            var block = hpack(fields);
            int first = Math.min(MOST_BYTES, block.length());
            frame(HEADERS, last | (first == block.length() ? END_OF_HEADERS : 0), stream, block.slice(0, first));
            for (int at = first; at < block.length(); at += MOST_BYTES) {
                int end = Math.min(block.length(), at + MOST_BYTES);
                frame(CONTINUATION, end == block.length() ? END_OF_HEADERS : 0, stream, block.slice(at, end));
            }
            return this;
        }

        Peer data(byte[] bytes) {
            return frame(DATA, 0, stream, Buffer.buffer(bytes));
        }

        Peer data(String text) {
            return data(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Peer lastData(String text) {
            return frame(DATA, LAST, stream, Buffer.buffer(text, StandardCharsets.ISO_8859_1.name()));
        }

        /** In frames, as the other end has room for them; then {@code end}. */
        void lengthyData(int length, Runnable end) {
            var left = new AtomicInteger(length);
            vertx.setPeriodic(1, timer -> {
                while (left.get() > 0 && connection.takeRoom(stream, MOST_BYTES)) {
                    data(new byte[Math.min(left.getAndAdd(-MOST_BYTES), MOST_BYTES)]);
                }
                if (left.get() <= 0 && vertx.cancelTimer(timer)) {
                    end.run();
                }
            });
        }

        Peer resetStream(int code) {
            return frame(RST_STREAM, 0, stream, Buffer.buffer().appendInt(code));
        }

        Peer goAway(int lastStream, int code) {
            return frame(GOAWAY, 0, 0, Buffer.buffer().appendInt(lastStream).appendInt(code));
        }

        Peer ping() {
            return frame(PING, 0, 0, Buffer.buffer(new byte[8]));
        }

        Peer setting(int name, int value) {
            return frame(
                    SETTINGS, 0, 0, Buffer.buffer().appendShort((short) name).appendInt(value));
        }

        Peer frame(int type, int flags, int on, Buffer payload) {
            socket.write(Buffer.buffer()
                    .appendMedium(payload.length())
                    .appendByte((byte) type)
                    .appendByte((byte) flags)
                    .appendInt(on)
                    .appendBuffer(payload));
            return this;
        }

        Peer say(String bytes) {
            socket.write(Buffer.buffer(bytes, StandardCharsets.ISO_8859_1.name()));
            return this;
        }

        /** Says nothing of its own accord from here on, not even in answer to a ping. */
        void fallSilent() {
            connection.silent = true;
        }

        void close() {
            socket.close();
        }

        void reset() {
            RawApp.reset(socket);
        }

        /** Literals that no table has to remember (RFC 7541, 6.2.2). */
        private static Buffer hpack(String... fields) {
            var block = Buffer.buffer();
            for (int i = 0; i < fields.length; i += 2) {
                block.appendByte((byte) 0);
                text(block, fields[i]);
                text(block, fields[i + 1]);
            }
            return block;
        }

        private static void text(Buffer block, String text) {
            int rest = text.length() - 0x7f;
            if (rest < 0) {
                block.appendByte((byte) text.length());
            } else {
                block.appendByte((byte) 0x7f);
                for (; rest >= 0x80; rest >>= 7) {
                    block.appendByte((byte) (rest & 0x7f | 0x80));
                }
                block.appendByte((byte) rest);
            }
            block.appendBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** What has come on a connection. */
    private final class Connection {
        private final NetSocket socket;
        private final int number;
        private final Map<Integer, Buffer> bodies = new HashMap<>();
        private final Map<Integer, Integer> rooms = new HashMap<>();
        private Buffer unread = Buffer.buffer();
        private boolean opened;
        private boolean silent;

        Connection(NetSocket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        private boolean takeRoom(int stream, int bytes) {
            if (room(0) < bytes || room(stream) < bytes) {
                return false;
            }
            rooms.put(0, room(0) - bytes);
            rooms.put(stream, room(stream) - bytes);
            return true;
        }

        private int room(int stream) {
            return rooms.getOrDefault(stream, FIRST_WINDOW);
        }

        private Peer peer(int stream) {
            return new Peer(vertx, socket, this, stream);
        }

        private void received(Buffer bytes) {
            unread.appendBuffer(bytes);
            if (!opened && unread.length() >= PREFACE_BYTES) {
                opened = true;
                unread = unread.getBuffer(PREFACE_BYTES, unread.length());
                if (!silent) {
                    peer(0).frame(SETTINGS, 0, 0, Buffer.buffer());
                }
            }
            while (opened && unread.length() >= FRAME_HEAD_BYTES && unread.length() >= frameLength()) {
                int end = frameLength();
                var frame = unread.getBuffer(0, end);
                unread = unread.getBuffer(end, unread.length());
                frame(frame.getByte(3), frame.getByte(4), frame.getInt(5), frame.getBuffer(FRAME_HEAD_BYTES, end));
            }
        }

        private int frameLength() {
            return FRAME_HEAD_BYTES + unread.getUnsignedMedium(0);
        }

        private void frame(int type, int flags, int stream, Buffer payload) {
            if ((type == SETTINGS || type == PING) && (flags & ACK) == 0 && !silent) {
                peer(0).frame(type, ACK, 0, type == PING ? payload : Buffer.buffer());
            } else if (type == WINDOW_UPDATE) {
                rooms.put(stream, room(stream) + payload.getInt(0));
            } else if (type == HEADERS) {
                if (!headCame(number, peer(stream))) {
                    bodies.put(stream, Buffer.buffer());
                }
            } else if (type == DATA) {
                peer(0).frame(WINDOW_UPDATE, 0, 0, Buffer.buffer().appendInt(Math.max(1, payload.length())));
                bodies.computeIfPresent(stream, (same, body) -> body.appendBuffer(payload));
            }
            boolean isLast = (type == HEADERS || type == DATA) && (flags & LAST) != 0;
            if (isLast && bodies.containsKey(stream)) {
                requestCame(number, bodies.remove(stream), peer(stream));
            }
        }
    }

    @Override
    void accept(NetSocket socket, int number) {
        var connection = new Connection(socket, number);
        connected(connection.peer(0));
        socket.handler(connection::received);
    }

    @Override
    void behave(Peer peer) {
        if (grpc) {
            peer.headers(":status", "200", "content-type", "application/grpc")
                    .data(EMPTY_MESSAGE)
                    .lastHeaders("grpc-status", "0");
        } else {
            peer.lastHeaders(":status", "204");
        }
    }
}
