package io.sluice.kafka.consume.courier;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;

/** A record on its way, with what is to happen at the end of it. */
public interface Parcel {
    Delivery delivery();

    /**
     * Whether it may still be delivered: its partition may have gone to another member while it waited, or while the process
     * stood still. On any thread.
     */
    default boolean isWanted() {
        return true;
    }

    /** Called once, on the context that sent the parcel. */
    void ended(DeliveryResult result);
}
