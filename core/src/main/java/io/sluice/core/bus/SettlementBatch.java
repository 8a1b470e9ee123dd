package io.sluice.core.bus;

import io.sluice.core.message.DeliveryResult;

/** Results that became known together, each with the number that its delivery had in its {@link DeliveryBatch}. */
public final class SettlementBatch extends Numbered<DeliveryResult> {

    /** Both arrays are of one length and belong to the batch from here on. */
    public SettlementBatch(long[] ids, DeliveryResult[] results) {
        super(ids, results);
    }

    public DeliveryResult result(int index) {
        return item(index);
    }
}
