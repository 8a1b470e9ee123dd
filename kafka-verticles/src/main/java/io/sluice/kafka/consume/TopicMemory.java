package io.sluice.kafka.consume;

import io.sluice.core.budget.ByteBudget;

/** What the records of one topic that are not settled hold of the memory for deliveries. Belongs to the verticle's context. */
final class TopicMemory {
    private final ByteBudget deliveries;
    private long held;

    /** @param deliveries that of all input bindings */
    TopicMemory(ByteBudget deliveries) {
        this.deliveries = deliveries;
    }

    /** So many bytes are held now. */
    void holds(long bytes) {
        if (bytes != held) {
            deliveries.reserve(bytes - held);
            held = bytes;
        }
    }

    /**
     * Whether a partition is to take no more records for now.
     *
     * @param bytes that it holds
     * @param full whether that is so already
     */
    boolean isShortFor(long bytes, boolean full) {
        return full ? !deliveries.isEnoughFor(bytes) : deliveries.isShortFor(bytes);
    }

    /** How much is held by whom, in words an operator can act on. */
    String text() {
        return "records that are not settled hold " + deliveries.reserved() + " of the " + deliveries.limit()
                + " bytes that the heap has for those of all input bindings";
    }
}
