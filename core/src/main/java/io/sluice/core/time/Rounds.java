package io.sluice.core.time;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something again and again on one context, each round after the one before it has ended. A round that throws, fails or
 * does not end keeps no next one from coming: it is reported as an uncaught error of the context.
 *
 * <p>{@link #start}, {@link #hasten} and {@link #stop} may be called on any thread.
 */
public final class Rounds {
    private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

    private final Context context;
    private final String name;
    private final Duration limit;
    private final Duration afterError;
    private final Supplier<Future<Duration>> round;
    private volatile boolean stopped;
    /** Of the next round, null while one goes on; belongs to the context. */
    private @Nullable Long timer;

    /**
     * @param name of what is done, in words that follow "the round of"
     * @param limit how long a round may take before the next one comes all the same
     * @param round what is done; how long to wait before the next round
     */
    public Rounds(Context context, String name, Duration limit, Supplier<Future<Duration>> round) {
        this(context, name, limit, AFTER_ERROR, round);
    }

    Rounds(Context context, String name, Duration limit, Duration afterError, Supplier<Future<Duration>> round) {
        this.context = context;
        this.name = name;
        this.limit = limit;
        this.afterError = afterError;
        this.round = round;
    }

    /** Begins the first round; to be called once. */
    public void start() {
        context.runOnContext(v -> begin());
    }

    /** Begins the next round without waiting for its time; does nothing while a round goes on. */
    public void hasten() {
        context.runOnContext(v -> {
            Long waiting = timer;
            if (waiting != null && context.owner().cancelTimer(waiting)) {
                begin();
            }
        });
    }

    /** Begins no round any more. */
    public void stop() {
        stopped = true;
    }

    private void begin() {
        timer = null;
        if (!stopped) {
            // Composed, so that what is thrown fails the future.
            Future.succeededFuture()
                    .compose(v -> round.get())
                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(ended -> context.runOnContext(v -> end(ended)));
        }
    }

    private void end(AsyncResult<Duration> ended) {
        if (stopped) {
            return;
        }
        Duration pause = ended.succeeded() ? ended.result() : afterError;
        timer = context.owner().setTimer(Math.max(1, pause.toMillis()), due -> begin());
        if (ended.failed()) {
            // Nobody catches it here, so it is heard of as any other error of ours.
            throw new IllegalStateException("the round of " + name + " failed, the next one follows", ended.cause());
        }
    }
}
