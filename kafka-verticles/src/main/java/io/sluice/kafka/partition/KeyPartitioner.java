package io.sluice.kafka.partition;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Sends records of one key to one partition, and each record without a key to a random partition.
 *
 * <p>Random means uniformly among the partitions that have a leader now, so that a lost broker does not hold up records
 * that may go anywhere.
 */
abstract class KeyPartitioner implements Partitioner {

    /** The partition of a key, from 0 to {@code partitions - 1}. */
    abstract int partitionOf(byte[] key, int partitions);

    @Override
    public final int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        if (keyBytes != null) {
            return partitionOf(keyBytes, cluster.partitionCountForTopic(topic));
        }
        List<PartitionInfo> withLeader = cluster.availablePartitionsForTopic(topic);
        return withLeader.isEmpty()
                ? random(cluster.partitionCountForTopic(topic))
                : withLeader.get(random(withLeader.size())).partition();
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    @Override
    public final void configure(Map<String, ?> configs) {}

    @Override
    public final void close() {}
}
