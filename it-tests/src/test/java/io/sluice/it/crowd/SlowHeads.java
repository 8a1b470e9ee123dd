package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that send the head of a request byte by byte and never come to its end; one that is closed comes again. */
final class SlowHeads {
    private static final String BEGIN = "POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    private static final long DRIP_MS = 1_000;
    private static final long AGAIN_MS = 2_000;

    private final Vertx vertx;
    private final NetClient client;
    private final int port;
    private final AtomicInteger connects = new AtomicInteger();

    /** Connects {@code count} of them, on the context of {@code vertx}. */
    SlowHeads(Vertx vertx, int port, int count) {
        this.vertx = vertx;
        this.port = port;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(60_000));
        for (int i = 0; i < count; i++) {
            connect();
        }
    }

    /** How often one of them connected. */
    int connects() {
        return connects.get();
    }

    private void connect() {
        client.connect(port, "127.0.0.1").onComplete(this::drip, refused -> again());
    }

    private void drip(NetSocket socket) {
        connects.incrementAndGet();
        socket.exceptionHandler(reset -> {});
        long timer = vertx.setPeriodic(DRIP_MS, tick -> socket.write("x").onFailure(gone -> {}));
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            again();
        });
        socket.write(BEGIN).onFailure(gone -> {});
    }

    private void again() {
        vertx.setTimer(AGAIN_MS, tick -> connect());
    }
}
