package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** Everybody who means no good, on one thread. They leave when this is closed. */
final class Crowd implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Lingering heads;
    private final Lingering idle;
    private final Lingering quiet;
    private final UnfinishedStreams streams;
    private final HastyCallers callers;
    private final Size size;

    /**
     * How many there are.
     *
     * @param idle that send one request, and as many that send none with HTTP/2
     * @param perSecond of the callers
     * @param headers of a record
     * @param mebibytes that a record unpacks to
     */
    record Size(
            int slowHeads,
            int idle,
            int connections,
            int streamsEach,
            int callers,
            int perSecond,
            int headers,
            int mebibytes) {
        static final Size SMALL = new Size(400, 100, 2, 100, 1_000, 500, 30_000, 8);
        static final Size LARGE = new Size(2_000, 500, 4, 250, 17_000, 500, 150_000, 200);
    }

    Crowd(int httpPort, int grpcPort, Size size) {
        this.size = size;
        streams = new UnfinishedStreams(vertx, grpcPort, size.connections(), size.streamsEach());
        heads = new Lingering(vertx, httpPort, size.slowHeads(), Lingering.SLOW_HEAD);
        idle = new Lingering(vertx, httpPort, size.idle(), Lingering.ONE_REQUEST);
        quiet = new Lingering(vertx, httpPort, size.idle(), Lingering.NO_STREAM);
        callers = new HastyCallers(vertx, httpPort, size.callers(), size.perSecond());
    }

    /** Whether all have done what they can. */
    boolean isDone() {
        return callers.areDone() && streams.begun() >= size.connections() * size.streamsEach();
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
        return "connects of slow heads: " + heads.connects() + ", after one request: " + idle.connects()
                + ", without a stream: " + quiet.connects() + "; unfinished calls of gRPC: " + streams.begun() + "; "
                + callers;
    }
}
