package io.sluice.kafka.consume;

/** When to try again to reach somebody who was not there: each failed round doubles the pause. Not an attempt of a record. */
final class Reachability {
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5_000;

    private long pause = FIRST_PAUSE;
    private long notBefore;

    /** @return when to try again, the same for all that failed in one round */
    long unreachable(long now) {
        if (now >= notBefore) {
            notBefore = now + pause;
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
        return notBefore;
    }

    void reached() {
        pause = FIRST_PAUSE;
        notBefore = 0;
    }

    /** Milliseconds until the next try, 0 when it may be now. */
    long pauseAt(long now) {
        return Math.max(0, notBefore - now);
    }
}
