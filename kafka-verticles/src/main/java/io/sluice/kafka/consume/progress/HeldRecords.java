package io.sluice.kafka.consume.progress;

/**
 * Records that were received and are not settled.
 *
 * @param oldestAge milliseconds since the oldest of them was received, 0 for none
 */
public record HeldRecords(int records, long oldestAge) {
    public static final HeldRecords NONE = new HeldRecords(0, 0);

    public HeldRecords and(HeldRecords others) {
        return new HeldRecords(records + others.records, Math.max(oldestAge, others.oldestAge));
    }
}
