package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** Everybody who means no good, on one thread. They leave when this is closed. */
final class Crowd implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final SlowHeads heads;
    private final UnfinishedStreams streams;
    private final HastyCallers callers;

    /**
     * How many there are.
     *
     * @param perSecond of the callers
     * @param headers of a record
     * @param mebibytes that a record unpacks to
     */
    record Size(
            int slowHeads, int connections, int streamsEach, int callers, int perSecond, int headers, int mebibytes) {
        static final Size SMALL = new Size(400, 2, 100, 1_000, 500, 30_000, 32);
        static final Size LARGE = new Size(2_000, 4, 250, 17_000, 500, 150_000, 200);
    }

    Crowd(int httpPort, int grpcPort, Size size) {
        heads = new SlowHeads(vertx, httpPort, size.slowHeads());
        streams = new UnfinishedStreams(vertx, grpcPort, size.connections(), size.streamsEach());
        callers = new HastyCallers(vertx, httpPort, size.callers(), size.perSecond());
    }

    /** Whether all have done what they can. */
    boolean isDone() {
        return callers.areDone();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public String toString() {
        return heads.connects() + " connects of slow heads, " + streams.begun() + " unfinished calls of gRPC, "
                + callers;
    }
}
