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

    /**
     * Takes note of a refusal.
     *
     * @param fetchedAt when the token came
     * @return whether to ask for another one now
     */
    boolean isDue(long fetchedAt, long now) {
        long since = now - Math.max(fetchedAt, lastDue);
        if (since < pause) {
            return false;
        }
        // After a long time without a refusal this one has to do with something else.
        pause = since > 2 * LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, 2 * pause);
        lastDue = now;
        return true;
    }
}
