package io.sluice.kafka.consume.progress;

/**
 * Bounds of one partition.
 *
 * @param maxRecords records held that can move from which on the partition is to be paused
 * @param maxBytes bytes of such records from which on the partition is to be paused
 * @param maxInFlight most deliveries at a time
 * @param maxBytesInFlight most bytes in flight; a larger record goes alone
 * @param maxMetadataChars longest commit metadata, the broker's {@code offset.metadata.max.bytes}
 */
public record PartitionLimits(
        int maxRecords, long maxBytes, int maxInFlight, long maxBytesInFlight, int maxMetadataChars) {
    private static final int RECORDS_HELD = 4;
    private static final int BYTES_HELD = 2;

    public PartitionLimits {
        if (maxRecords < 1 || maxBytes < 1 || maxInFlight < 1) {
            throw new IllegalArgumentException("a partition needs room for one record");
        }
    }

    /** Most records held, with those that cannot move. */
    int heldRecords() {
        return (int) Math.min(Integer.MAX_VALUE, (long) RECORDS_HELD * maxRecords);
    }

    /** Most bytes held, likewise. */
    long heldBytes() {
        return BYTES_HELD * maxBytes;
    }
}
