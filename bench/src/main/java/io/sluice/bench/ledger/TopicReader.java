package io.sluice.bench.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from end to end with a plain consumer. */
public final class TopicReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TopicReader() {}

    /**
     * Stores the id of every record of the topic, from its beginning to where it ends now. Blocks.
     *
     * @param form what the values are
     * @param base what the requests add to an id, see {@code RequestTemplate}
     * @throws IllegalStateException if the end cannot be reached
     */
    public static void readInto(IdLedger ledger, String brokers, String topic, RecordForm form, long base) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                brokers,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none",
                "fetch.min.bytes",
                1,
                "max.poll.records",
                10_000);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long silentSince = System.nanoTime();
            while (!atEnd(consumer, ends)) {
                var records = consumer.poll(Duration.ofMillis(200));
                records.forEach(record -> ledger.store(idOf(record.value(), form, base)));
                silentSince = records.isEmpty() ? silentSince : System.nanoTime();
                if (System.nanoTime() - silentSince > PATIENCE.toNanos()) {
                    throw new IllegalStateException("no records for " + PATIENCE + " before the end of " + topic);
                }
            }
        }
    }

    private static boolean atEnd(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static int idOf(byte[] value, RecordForm form, long base) {
        long id = form.numberIn(Objects.requireNonNullElse(value, new byte[0])) - base;
        return id < 0 || id > Integer.MAX_VALUE ? -1 : (int) id;
    }
}
