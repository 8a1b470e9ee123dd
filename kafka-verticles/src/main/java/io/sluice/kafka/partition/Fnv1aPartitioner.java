package io.sluice.kafka.partition;

/**
 * Places keys as Dapr does: FNV-1a (32 bits) over the key, as a signed number, modulo the number of partitions, without
 * its sign. This is the hash partitioner of the Go client sarama.
 */
public final class Fnv1aPartitioner extends KeyPartitioner {
    private static final int OFFSET_BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    @Override
    int partitionOf(byte[] key, int partitions) {
        int hash = OFFSET_BASIS;
        for (byte b : key) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        // The remainder first: the absolute value of the smallest int would still be negative.
        return Math.abs(hash % partitions);
    }
}
