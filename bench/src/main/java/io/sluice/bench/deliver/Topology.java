package io.sluice.bench.deliver;

/**
 * Where records lie and what keeps them apart. Ids are given out from 0; the keys take turns, so that neighbours in a
 * partition never share one.
 */
public record Topology(int partitions, Ordering ordering) {
    private static final int KEYS = 1000;

    /** The key's number, the same for every thousandth id. */
    static int keyOf(int id) {
        return id % KEYS;
    }

    int partitionOf(int id) {
        return keyOf(id) % partitions;
    }

    /** What the record must stay in order with: its partition's or its key's records. */
    public int laneOf(int id) {
        return ordering == Ordering.KEY ? keyOf(id) : partitionOf(id);
    }

    public int lanes() {
        return ordering == Ordering.KEY ? KEYS : partitions;
    }

    /** Deliveries that may be in flight at once. */
    int inFlight() {
        return partitions * ordering.inFlight();
    }

    public String label() {
        return partitions + (partitions == 1 ? " partition, " : " partitions, ") + ordering.text();
    }
}
