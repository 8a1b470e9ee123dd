package io.sluice.it.output;

import io.sluice.it.kafka.TestKafka;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic's records one after the other, as any consumer would. Used by one thread. */
final class RecordTap implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Queue<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();

    private RecordTap(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Opens a tap on partition 0 of a topic. */
    static RecordTap on(TestKafka kafka, String topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                // A broker answers one connection's requests in turn: a long wait for records would hold up seeking.
                "fetch.max.wait.ms",
                20,
                "max.partition.fetch.bytes",
                16 << 20);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes);
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        return new RecordTap(consumer);
    }

    /** Lets all records that are in the topic now go by. */
    void skipToEnd() {
        read.clear();
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(partition -> consumer.position(partition, LIMIT));
    }

    /** The next record; waits for it. */
    ConsumerRecord<byte[], byte[]> next() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (read.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no record within " + LIMIT.toSeconds() + " s");
            }
            consumer.poll(Duration.ofMillis(100)).forEach(read::add);
        }
        return read.remove();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
