package io.sluice.kafka.consume;

import java.util.OptionalLong;

/**
 * When to try again to reach an app that was not there, and with how many records: each of them costs a connection that is not
 * to be had, so one asks for all. Not an attempt of a record.
 *
 * <pre>
 *   unreachable ──► a pause, longer each time ──► one record ──► reached: all may go
 *                        ▲                          │  │
 *                        └────── unreachable ◄──────┘  └─► nothing for a second: as many again, and so on;
 *                                                          it may be with the app, which may take its time
 * </pre>
 *
 * <p>Times are milliseconds.
 */
final class Reachability {
    /** Of {@link #room}: there is no bound. */
    static final int ALL = Integer.MAX_VALUE;

    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 3_000;
    private static final long RESULT_WITHIN = 1_000;
    private static final int DOUBLED_AT_MOST = 20;

    private long pause = FIRST_PAUSE;
    private long notBefore;
    private boolean away;
    /** Records that were tried since the last pause, and when the first of them was. */
    private int tried;

    private long triedSince;

    /** @return when to try again, the same for all that failed in one round */
    long unreachable(long now) {
        if (now >= notBefore) {
            notBefore = now + pause;
            pause = Math.min(LONGEST_PAUSE, pause * 2);
            away = true;
            tried = 0;
        }
        return notBefore;
    }

    void reached() {
        pause = FIRST_PAUSE;
        notBefore = 0;
        away = false;
    }

    /** Milliseconds until the next try, 0 when it may be now. */
    long pauseAt(long now) {
        return Math.max(0, notBefore - now);
    }

    /** How many records may be tried after the pause, {@link #ALL} when the app was reached last time. */
    int room(long now) {
        return away ? Math.max(0, allowed(now) - tried) : ALL;
    }

    private int allowed(long now) {
        long doubled = tried == 0 ? 0 : (now - triedSince) / RESULT_WITHIN;
        return 1 << Math.min(DOUBLED_AT_MOST, doubled);
    }

    /** So many records are tried. */
    void trying(int records, long now) {
        if (tried == 0) {
            triedSince = now;
        }
        tried += records;
    }

    /** One of them never came as far as the app for a reason of its own, which says nothing of the app. */
    void notTried() {
        tried = Math.max(0, tried - 1);
    }

    /** When there is {@link #room} for more though no result came, empty when that does not depend on the time. */
    OptionalLong moreAt(long now) {
        return away && tried > 0
                ? OptionalLong.of(now + RESULT_WITHIN - (now - triedSince) % RESULT_WITHIN)
                : OptionalLong.empty();
    }
}
