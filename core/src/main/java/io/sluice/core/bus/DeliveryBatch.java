package io.sluice.core.bus;

import io.sluice.core.message.Delivery;

/** Records of one binding that are to be delivered side by side; answered by {@link SettlementBatch}es. */
public final class DeliveryBatch extends Numbered<Delivery> {
    private final String replyTo;

    /**
     * @param replyTo the address that gets the results
     * @param ids the sender's number for each delivery
     * @param deliveries as many as ids; both arrays belong to the batch from here on
     */
    public DeliveryBatch(String replyTo, long[] ids, Delivery[] deliveries) {
        super(ids, deliveries);
        this.replyTo = replyTo;
    }

    public String replyTo() {
        return replyTo;
    }

    public Delivery delivery(int index) {
        return item(index);
    }
}
