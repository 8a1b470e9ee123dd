package io.sluice.core.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the bytes that many hold together. Whoever reserves bytes releases as many, whatever happens. Safe for use from
 * any thread, without locks.
 *
 * <p>Where holders can be told apart, {@link #tryReserve(long, long)} and {@link #isShortFor} share the bytes fairly without
 * knowing how many holders there are: none holds more than is left. One alone gets up to half, two a third each, and there is
 * always something for the next.
 */
public final class ByteBudget {
    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    /** @param limit in bytes */
    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /**
     * Reserves {@code bytes}, or returns false and reserves nothing when they are not free. Where nothing else is reserved there
     * may be more of them than there are: they would never fit.
     */
    public boolean tryReserve(long bytes) {
        long sum = reserved.addAndGet(bytes);
        if (sum <= limit || sum == bytes) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    /** As {@link #tryReserve(long)}, for one that holds {@code held} bytes already, and not more than are left after that. */
    public boolean tryReserve(long bytes, long held) {
        return held + bytes <= free() - bytes && tryReserve(bytes);
    }

    /** Reserves {@code bytes} though they may not be free: for what is there already. */
    public void reserve(long bytes) {
        reserved.addAndGet(bytes);
    }

    public void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** Whether one that holds {@code held} bytes is to take no more; never so for one that holds none. */
    public boolean isShortFor(long held) {
        return held > 0 && held >= free();
    }

    /** Whether one for which the budget was short may go on: when it holds half of what is left. */
    public boolean isEnoughFor(long held) {
        return held == 0 || 2 * held <= free();
    }

    public long reserved() {
        return reserved.get();
    }

    /** Negative when more is reserved than there is. */
    public long free() {
        return limit - reserved.get();
    }

    public long limit() {
        return limit;
    }
}
