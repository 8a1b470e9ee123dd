package io.sluice.kafka.consume.progress;

/**
 * Bounds of one partition.
 *
 * @param maxRecords records held from which on the partition is to be paused
 * @param maxBytes bytes held from which on the partition is to be paused
 * @param maxInFlight most deliveries at a time
 * @param maxBytesInFlight most bytes in flight; a larger record goes alone
 * @param maxMetadataChars longest commit metadata, the broker's {@code offset.metadata.max.bytes}
 */
public record PartitionLimits(
        int maxRecords, long maxBytes, int maxInFlight, long maxBytesInFlight, int maxMetadataChars) {
    public PartitionLimits {
        if (maxRecords < 1 || maxBytes < 1 || maxInFlight < 1) {
            throw new IllegalArgumentException("a partition needs room for one record");
        }
    }
}
