package io.sluice.bench.load;

/** When requests are meant to be sent, on {@link System#nanoTime}'s clock. */
final class Schedule {
    static final long NOT_YET = Long.MIN_VALUE;

    private final long interval;
    private final long end;
    private long due;

    private Schedule(long interval, long begin, long end) {
        this.interval = interval;
        this.end = end;
        this.due = begin;
    }

    /**
     * Closed loop: whenever a connection is free, until the end. Open loop: evenly spaced from {@code begin} to before
     * {@code end}, whether or not the program keeps up.
     */
    static Schedule of(LoadShape shape, long begin, long end) {
        return new Schedule(shape.intervalNanos(), begin, end);
    }

    /**
     * The time the next request was meant for, or {@link #NOT_YET}; each call that returns a time takes it. A late
     * request keeps the time it was meant for, so a stall shows in the latencies of all that had to wait for it.
     */
    long take(long now) {
        long intended = interval == 0 ? now : due;
        if (intended > now || intended >= end) {
            return NOT_YET;
        }
        due += interval;
        return intended;
    }
}
