package io.sluice.kafka.consume;

import java.util.concurrent.TimeUnit;

/**
 * How long whoever gets the records of a topic takes to answer, and since when it has not. Times are milliseconds since the
 * epoch. Belongs to the verticle's context.
 */
final class AnswerTimes {
    /** What has been the longest for so long, or twice that, is forgotten. */
    private static final long REMEMBERED = TimeUnit.MINUTES.toMillis(5);

    private long lastAt;
    private long longest;
    private long longestBefore;
    private long since;

    /** A delivery was answered {@code millis} after it began. */
    void answered(long millis, long now) {
        lastAt = now;
        if (now - since >= REMEMBERED) {
            longestBefore = now - since < 2 * REMEMBERED ? longest : 0;
            longest = 0;
            since = now;
        }
        longest = Math.max(longest, millis);
    }

    /** A delivery ended without an answer. */
    void ended(long now) {
        lastAt = now;
    }

    /** Milliseconds that nobody has answered, while the oldest of the deliveries that are open began at {@code oldest}. */
    long silence(long oldest, long now) {
        return now - Math.max(lastAt, oldest);
    }

    /** The longest that an answer has taken in the last minutes, in milliseconds. */
    long longest() {
        return Math.max(longest, longestBefore);
    }
}
