package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that send a request and are gone, with a RST, before its answer. */
final class HastyCallers {
    private static final String BODY = "{\"operation\":\"create\",\"data\":\"gone\"}";
    private static final String REQUEST = "POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + BODY.length() + "\r\n\r\n" + BODY;
    private static final int TICK_MS = 10;

    private final NetClient client;
    private final int port;
    private final int count;
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();

    /** Begins to call {@code count} times in all, on the context of {@code vertx}. */
    HastyCallers(Vertx vertx, int port, int count, int perSecond) {
        this.port = port;
        this.count = count;
        this.client =
                vertx.createNetClient(new NetClientOptions().setSoLinger(0).setConnectTimeout(60_000));
        vertx.setPeriodic(TICK_MS, timer -> {
            for (int i = 0; i < perSecond * TICK_MS / 1000; i++) {
                call();
            }
            if (called.get() >= count) {
                vertx.cancelTimer(timer);
            }
        });
    }

    boolean areDone() {
        return gone.get() >= count;
    }

    private void call() {
        if (called.getAndIncrement() < count) {
            client.connect(port, "127.0.0.1")
                    .compose(socket ->
                            socket.exceptionHandler(reset -> {}).write(REQUEST).eventually(socket::close))
                    .onComplete(end -> gone.incrementAndGet());
        }
    }

    @Override
    public String toString() {
        return gone + " hasty callers";
    }
}
