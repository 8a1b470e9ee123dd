package io.sluice.bench.ledger;

import java.util.BitSet;

/**
 * Counts ids out and back in. {@link #issue} numbers the requests, {@link #acknowledge} notes each that was answered
 * 204, {@link #store} notes each that was read back from the topic. Not safe for use by several threads at once.
 */
public final class IdLedger {
    private final BitSet acknowledged = new BitSet();
    private final BitSet stored = new BitSet();
    private int issued;
    private int duplicates;
    private int strangers;

    /** The next id, from 0. */
    public int issue() {
        return issued++;
    }

    public void acknowledge(int id) {
        acknowledged.set(id);
    }

    /** Notes a record read from Kafka; an id that was never issued is counted as a stranger. */
    public void store(int id) {
        if (id < 0 || id >= issued) {
            strangers++;
        } else if (stored.get(id)) {
            duplicates++;
        } else {
            stored.set(id);
        }
    }

    /** The exact difference of the two sets. */
    public Balance balance() {
        var missing = (BitSet) acknowledged.clone();
        missing.andNot(stored);
        var unacknowledged = (BitSet) stored.clone();
        unacknowledged.andNot(acknowledged);
        return new Balance(
                acknowledged.cardinality(),
                stored.cardinality() - unacknowledged.cardinality(),
                missing.cardinality(),
                unacknowledged.cardinality(),
                duplicates,
                strangers);
    }
}
