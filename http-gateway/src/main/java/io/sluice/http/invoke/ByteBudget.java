package io.sluice.http.invoke;

/**
 * A bound on the bytes that requests without an answer may hold together.
 *
 * <p>Not safe for use by several threads: each event loop has its own share.
 */
public final class ByteBudget {
    private final long limit;
    private long used;

    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes {@code bytes} out of the budget, or returns false and takes nothing when they do not fit. */
    public boolean reserve(long bytes) {
        if (bytes > limit - used) {
            return false;
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
