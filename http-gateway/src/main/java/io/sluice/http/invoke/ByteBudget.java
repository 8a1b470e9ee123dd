package io.sluice.http.invoke;

import io.sluice.core.health.Overload;

/**
 * A bound on the bytes that requests without an answer may hold together.
 *
 * <p>Not safe for use by several threads: each event loop has its own share.
 */
public final class ByteBudget {
    private final long limit;
    private final Overload overload;
    private long used;

    /** @param api whose requests these are, for the log */
    public ByteBudget(long limit, String api) {
        this.limit = limit;
        this.overload = new Overload("api", api);
    }

    /** Takes {@code bytes} out of the budget, or returns false and takes nothing when they do not fit. */
    public boolean reserve(long bytes) {
        if (bytes > limit - used) {
            overload.refused(System.nanoTime());
            return false;
        }
        if (overload.isLasting()) {
            overload.accepted(System.nanoTime());
        }
        used += bytes;
        return true;
    }

    /** Gives back what was reserved. */
    public void release(long bytes) {
        used -= bytes;
    }

    public long used() {
        return used;
    }
}
