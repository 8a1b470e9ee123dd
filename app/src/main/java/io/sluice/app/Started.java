package io.sluice.app;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that run, in the order of their start; they stop in reverse. Safe for use from any thread: a part that comes
 * up while the others are being stopped is stopped at once.
 */
final class Started {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);
    /**
     * Each part still to come keeps this share of the grace for itself, however long the parts before it take: enough to
     * close what is idle, so that nearly all is for those that wait for what is in flight.
     */
    private static final int SHARE = 40;

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean stopping;

    private record Part(String name, Function<Duration, Future<Void>> stop) {}

    /** Notes how to stop what has just been started. */
    void add(String name, Supplier<Future<Void>> stop) {
        addTimed(name, limit -> stop.get());
    }

    /** As {@link #add}, for a part that is to know how long it may take. */
    void addTimed(String name, Function<Duration, Future<Void>> stop) {
        if (!added(new Part(name, stop))) {
            stop.apply(Duration.ZERO)
                    .onFailure(cause -> LOG.atWarn().addKeyValue("part", name).log("did not stop"));
        }
    }

    /**
     * Stops every part, the last first, each after the one before it is done or out of time.
     *
     * @return the names of those that did not stop in time or failed to; never fails
     */
    CompletableFuture<List<String>> stop(Duration grace) {
        synchronized (this) {
            stopping = true;
        }
        return stopNext(System.nanoTime() + grace.toNanos(), grace.toNanos() / SHARE, new ArrayList<>());
    }

    private synchronized boolean added(Part part) {
        if (!stopping) {
            parts.push(part);
        }
        return !stopping;
    }

    private static boolean isLate(Part part, Throwable cause, List<String> late) {
        LOG.atWarn().addKeyValue("part", part.name()).setCause(cause).log("did not stop");
        return late.add(part.name());
    }

    private synchronized @Nullable Part next() {
        return parts.poll();
    }

    private synchronized int left() {
        return parts.size();
    }

    /** Not with Vert.x's futures and timers: the last part to stop is what runs them. */
    private CompletableFuture<List<String>> stopNext(long deadline, long share, List<String> late) {
        Part part = next();
        if (part == null) {
            return CompletableFuture.completedFuture(late);
        }
        long patience = Math.max(1, deadline - System.nanoTime() - share * left());
        return part.stop()
                .apply(Duration.ofNanos(patience))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(patience, TimeUnit.NANOSECONDS)
                .handle((ignored, cause) -> cause == null || isLate(part, cause, late))
                .thenCompose(ignored -> stopNext(deadline, share, late));
    }
}
