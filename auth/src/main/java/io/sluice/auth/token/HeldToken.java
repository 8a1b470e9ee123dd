package io.sluice.auth.token;

import io.sluice.core.binding.Secret;

/**
 * A token on the line of time, in milliseconds of a clock that only goes forward.
 *
 * <pre>
 *   fetched ───────────────── 80 % ────────────── end
 *                              └ the next is fetched; 3 s before the end at the latest,
 *                                but not in the first half of its life
 * </pre>
 */
record HeldToken(Secret value, long fetchedAt, long end) {
    /** What re-authentication and a first failed attempt to fetch need. */
    private static final long AHEAD_MS = 3_000;

    static HeldToken of(Token token, long now) {
        return new HeldToken(token.value(), now, now + token.lifetime().toMillis());
    }

    boolean isGoodAt(long now) {
        return now < end;
    }

    long refreshAt() {
        long life = end - fetchedAt;
        long ahead = Math.min(Math.max(life / 5, AHEAD_MS), life / 2);
        return end - ahead;
    }
}
