package io.sluice.core.bus;

import io.sluice.core.message.Delivery;
import java.util.function.IntPredicate;

/** Records of one binding that are to be delivered side by side; answered by {@link SettlementBatch}es. */
public final class DeliveryBatch extends Numbered<Delivery> {
    private final String replyTo;
    private final IntPredicate wanted;

    /** A batch whose deliveries stay wanted. */
    public DeliveryBatch(String replyTo, long[] ids, Delivery[] deliveries) {
        this(replyTo, ids, deliveries, index -> true);
    }

    /**
     * @param replyTo the address that gets the results
     * @param ids the sender's number for each delivery
     * @param deliveries as many as ids; both arrays belong to the batch from here on
     * @param wanted tells of a delivery, by its index, whether it may still be made; asked on any thread
     */
    public DeliveryBatch(String replyTo, long[] ids, Delivery[] deliveries, IntPredicate wanted) {
        super(ids, deliveries);
        this.replyTo = replyTo;
        this.wanted = wanted;
    }

    public String replyTo() {
        return replyTo;
    }

    /** To be asked right before the delivery is made: one that has waited may be another member's by now. */
    public boolean isWanted(int index) {
        return wanted.test(index);
    }

    public Delivery delivery(int index) {
        return item(index);
    }
}
