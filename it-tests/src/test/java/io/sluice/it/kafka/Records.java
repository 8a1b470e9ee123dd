package io.sluice.it.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics with Kafka's own consumer, bytes as they are. */
public final class Records {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private Records() {}

    /**
     * All records of the topic up to its end at the time of the call, by partition and offset.
     *
     * @throws IllegalStateException when the topic cannot be read to that end within 30 seconds
     */
    public static List<ConsumerRecord<byte[], byte[]>> readAll(String bootstrapServers, String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            return readTo(consumer, consumer.endOffsets(partitions, LIMIT));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> readTo(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.seekToBeginning(ends.keySet());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!reached(consumer, ends)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("read " + records.size() + " records, not up to " + ends);
            }
            consumer.poll(POLL).forEach(records::add);
        }
        records.removeIf(record -> record.offset() >= ends.get(new TopicPartition(record.topic(), record.partition())));
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    private static boolean reached(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), LIMIT) >= end.getValue());
    }
}
