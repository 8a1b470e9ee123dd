package io.sluice.http.invoke;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Looks for what is over its time when the eldest of what is waited for is due, and else not: a timer costs an event loop
 * a wake-up, and up to a millisecond of turning in circles when something else comes just before it
 * ({@code docs/adr/0015}). Belongs to one event loop.
 */
public final class Sweeper {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final long leastPauseMillis;
    private final Deadlines<?> waiting;
    private final Runnable sweep;
    private long timer = NO_TIMER;

    /**
     * @param leastPauseMillis between two looks, so that what ends one by one is taken out in few
     * @param sweep takes out of {@code waiting} what is over its time
     */
    public Sweeper(Vertx vertx, long leastPauseMillis, Deadlines<?> waiting, Runnable sweep) {
        this.vertx = vertx;
        this.leastPauseMillis = leastPauseMillis;
        this.waiting = waiting;
        this.sweep = sweep;
    }

    /** To be called when something has been added to what is waited for. */
    public void wake() {
        if (timer == NO_TIMER && waiting.size() > 0) {
            long due = TimeUnit.NANOSECONDS.toMillis(waiting.nanosUntilDue(System.nanoTime()));
            // One more, for the fraction that was cut off: too early would be in vain.
            timer = vertx.setTimer(Math.max(leastPauseMillis, due + 1), fired -> run());
        }
    }

    private void run() {
        timer = NO_TIMER;
        try {
            sweep.run();
        } finally {
            wake();
        }
    }

    public void stop() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
