package io.sluice.auth.token;

/**
 * When a token that its issuer calls good, and somebody refuses all the same, is worth asking for another one: what is wrong
 * with it may have been put right, and each token may cost something. So every few seconds at first, then every minute.
 *
 * <pre>
 *   refused:  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |
 *   due:      |     |           |                       |        the pause doubles, to a minute
 * </pre>
 */
final class Renewal {
    private static final long FIRST_PAUSE_MS = 2_000;
    private static final long LONGEST_PAUSE_MS = 60_000;

    private long pause = FIRST_PAUSE_MS;
    private long lastDue = Long.MIN_VALUE;
    private long overAt = Long.MIN_VALUE;

    /** Takes note of a refusal; whether it is the first one, or has nothing to do with those before. */
    boolean isNews(long now) {
        boolean news = now >= overAt;
        if (news) {
            pause = FIRST_PAUSE_MS;
        }
        overAt = now + 2 * LONGEST_PAUSE_MS;
        return news;
    }

    /**
     * Whether to ask for another token now, which is then taken for done.
     *
     * @param fetchedAt when the token came
     */
    boolean isDue(long fetchedAt, long now) {
        if (now - Math.max(fetchedAt, lastDue) < pause) {
            return false;
        }
        pause = Math.min(LONGEST_PAUSE_MS, 2 * pause);
        lastDue = now;
        return true;
    }
}
