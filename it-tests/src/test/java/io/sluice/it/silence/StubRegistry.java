package io.sluice.it.silence;

import io.sluice.it.gateway.TestCluster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A schema registry with one schema, of a number, that listens when it is told to. */
final class StubRegistry implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final int port = freePort();

    String url() {
        return "http://" + HOST + ":" + port;
    }

    void up() {
        TestCluster.get(vertx.createHttpServer()
                .requestHandler(request -> request.response().end("{\"schema\":\"\\\"long\\\"\"}"))
                .listen(port, HOST));
    }

    /** A record's value: a number, in the registry's frame. */
    static byte[] framed() {
        return new byte[] {0, 0, 0, 0, 1, 84};
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        TestCluster.get(vertx.close());
    }
}
