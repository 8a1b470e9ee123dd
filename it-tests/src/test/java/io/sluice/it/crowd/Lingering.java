package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that begin with something, read nothing, and stay; one that is closed comes again. */
final class Lingering {
    /** A head that never comes to its end, byte by byte. */
    static final Manner SLOW_HEAD =
            new Manner("POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "x");
    /** A request, and then nothing. */
    static final Manner ONE_REQUEST = new Manner("GET /v1.0/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "");
    /** HTTP/2 without a request. */
    static final Manner NO_STREAM = new Manner("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", "");

    private static final long DRIP_MS = 1_000;
    private static final long AGAIN_MS = 2_000;

    private final Vertx vertx;
    private final NetClient client;
    private final int port;
    private final Manner manner;
    private final AtomicInteger connects = new AtomicInteger();

    /** @param drip what is sent each second after {@code begin}; nothing if empty */
    record Manner(String begin, String drip) {}

    /** Connects {@code count} of them, on the context of {@code vertx}. */
    Lingering(Vertx vertx, int port, int count, Manner manner) {
        this.vertx = vertx;
        this.port = port;
        this.manner = manner;
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
        client.connect(port, "127.0.0.1").onComplete(this::begin, refused -> again());
    }

    private void begin(NetSocket socket) {
        connects.incrementAndGet();
        socket.exceptionHandler(reset -> {});
        long timer = vertx.setPeriodic(DRIP_MS, tick -> write(socket, manner.drip()));
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            again();
        });
        write(socket, manner.begin());
    }

    private static void write(NetSocket socket, String text) {
        if (!text.isEmpty()) {
            socket.write(text).onFailure(gone -> {});
        }
    }

    private void again() {
        vertx.setTimer(AGAIN_MS, tick -> connect());
    }
}
