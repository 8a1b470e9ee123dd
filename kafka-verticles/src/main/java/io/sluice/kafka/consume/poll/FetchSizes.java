package io.sluice.kafka.consume.poll;

import io.sluice.core.binding.ConsumerSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How much a consumer fetches at once. It keeps what it has fetched of each partition until that is polled, however long the
 * partition is paused, so that all partitions together are to fit into what the heap has for fetches.
 *
 * @param perPartition bytes; a broker gives the first batch of an answer whole, though
 * @param perAnswer bytes of one broker's answer
 */
record FetchSizes(int perPartition, int perAnswer) {
    /** Kafka's and Dapr's default. */
    static final int USUAL = 1024 * 1024;

    private static final int USUAL_ANSWER = ConsumerConfig.DEFAULT_FETCH_MAX_BYTES;
    private static final int LEAST = 16 * 1024;
    /** Partitions in an answer that is smaller than usual. */
    private static final int IN_AN_ANSWER = 4;

    /**
     * What a consumer asks for that has its part of {@code heap} bytes.
     *
     * @param partitions that share the heap
     */
    static FetchSizes of(ConsumerSettings settings, long heap, int partitions) {
        int wanted = settings.fetchDefault();
        long fitting = Math.max(LEAST, heap / partitions);
        if (isChosen(settings) || fitting >= wanted) {
            return new FetchSizes(wanted, (int) Math.max(wanted, Math.min(USUAL_ANSWER, heap / IN_AN_ANSWER)));
        }
        return new FetchSizes((int) fitting, (int) Math.min(USUAL_ANSWER, IN_AN_ANSWER * fitting));
    }

    /** Whether an operator has set the size: then it is what is asked for, whatever the heap. */
    static boolean isChosen(ConsumerSettings settings) {
        return settings.fetchDefault() != USUAL;
    }

    boolean isSmallerThan(FetchSizes other) {
        return perPartition < other.perPartition;
    }

    /** {@code properties} of a consumer with these sizes. */
    Map<String, Object> in(Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, perPartition);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, perAnswer);
        return Map.copyOf(all);
    }
}
