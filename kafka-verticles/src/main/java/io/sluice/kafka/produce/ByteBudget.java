package io.sluice.kafka.produce;

import java.util.concurrent.atomic.AtomicLong;

/** Limits what is on its way to Kafka, in bytes, over all who share it. Safe for use from any thread. */
final class ByteBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes {@code bytes}, or nothing and false when there is no room; who is alone has room, however large. */
    boolean tryTake(long bytes) {
        long sum = taken.addAndGet(bytes);
        if (sum <= limit || sum == bytes) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
