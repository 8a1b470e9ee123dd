package io.sluice.http.invoke;

import io.vertx.core.Vertx;

/**
 * Looks at a steady pace for what is over its time, but only while something is waited for: an event loop that has nothing
 * to do sleeps. Belongs to one event loop.
 */
public final class Sweeper {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final long periodMillis;
    private final Deadlines<?> waiting;
    private final Runnable sweep;
    private long timer = NO_TIMER;

    /** @param sweep takes out of {@code waiting} what is over its time */
    public Sweeper(Vertx vertx, long periodMillis, Deadlines<?> waiting, Runnable sweep) {
        this.vertx = vertx;
        this.periodMillis = periodMillis;
        this.waiting = waiting;
        this.sweep = sweep;
    }

    /** To be called when something has been added to what is waited for. */
    public void wake() {
        if (timer == NO_TIMER) {
            timer = vertx.setPeriodic(periodMillis, fired -> run());
        }
    }

    private void run() {
        sweep.run();
        if (waiting.size() == 0) {
            stop();
        }
    }

    public void stop() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
