package io.sluice.http.deliver;

import io.sluice.http.invoke.Deadlines;
import io.sluice.http.invoke.Sweeper;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The time that the attempts of a binding have. Belongs to one event loop.
 *
 * @param <T> an attempt
 */
final class AttemptLimit<T> {
    private static final long SWEEP_MILLIS = 50;

    private final Deadlines<T> underway;
    private final Sweeper sweeper;

    /**
     * @param limit of each attempt
     * @param expired gets those that took longer, once each
     */
    AttemptLimit(Vertx vertx, Duration limit, Consumer<T> expired) {
        this.underway = new Deadlines<>(limit.toNanos());
        this.sweeper = new Sweeper(vertx, SWEEP_MILLIS, underway, () -> underway.expired(System.nanoTime())
                .forEach(expired));
    }

    /** @return what {@link #end} wants; never 0 */
    long begin(T attempt) {
        long number = underway.add(attempt, System.nanoTime());
        sweeper.wake();
        return number;
    }

    /** Nothing happens when the attempt has expired, or never began. */
    void end(long number) {
        underway.remove(number);
    }
}
