package io.sluice.kafka.consume;

/** How long deliveries have failed without one that did not. Belongs to the verticle's context. */
final class DeliveryFailures {
    private static final long NONE = -1;

    private long since = NONE;
    private long count;
    private String last = "";

    /** @param now milliseconds since the epoch */
    void failed(String reason, long now) {
        if (since == NONE) {
            since = now;
            count = 0;
        }
        count++;
        last = reason;
    }

    void succeeded() {
        since = NONE;
    }

    /** Milliseconds since the first of them; negative when the last delivery succeeded. */
    long lasting(long now) {
        return since == NONE ? -1 : now - since;
    }

    long count() {
        return count;
    }

    /** Why the last one failed. */
    String last() {
        return last;
    }
}
