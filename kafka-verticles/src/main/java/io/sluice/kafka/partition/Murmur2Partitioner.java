package io.sluice.kafka.partition;

import org.apache.kafka.common.utils.Utils;

/** Places keys as Kafka's Java clients do by default. */
public final class Murmur2Partitioner extends KeyPartitioner {

    @Override
    int partitionOf(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
