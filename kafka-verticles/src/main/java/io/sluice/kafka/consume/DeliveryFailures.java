package io.sluice.kafka.consume;

/** How long deliveries have failed without one that did not. Belongs to the verticle's context. */
final class DeliveryFailures {
    private static final long NONE = -1;

    private long since = NONE;
    private long lastAt;
    private long count;
    private String last = "";

    /** @param now milliseconds since the epoch */
    void failed(String reason, long now) {
        if (since == NONE) {
            since = now;
            count = 0;
        }
        count++;
        lastAt = now;
        last = reason;
    }

    /** A delivery succeeded, or nothing is left that fails. */
    void end() {
        since = NONE;
    }

    /** Milliseconds since the first of them; negative when the last delivery succeeded. */
    long lasting(long now) {
        return since == NONE ? -1 : now - since;
    }

    /** Milliseconds from the first of them to the last; negative likewise. */
    long lasted() {
        return since == NONE ? -1 : lastAt - since;
    }

    /** Milliseconds since the last of them. */
    long quiet(long now) {
        return now - lastAt;
    }

    long count() {
        return count;
    }

    /** Why the last one failed. */
    String last() {
        return last;
    }
}
