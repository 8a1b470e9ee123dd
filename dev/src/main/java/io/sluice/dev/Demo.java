package io.sluice.dev;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Shows every record that arrives in the topics of the examples from now on, read by Kafka's own consumer. */
final class Demo implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final PrintStream out;
    private final Thread reader = new Thread(this::read, "demo");

    private Demo(Consumer<byte[], byte[]> consumer, PrintStream out) {
        this.consumer = consumer;
        this.out = out;
    }

    /** No record after this call is missed. Reads without a group, so it leaves no trace in Kafka. */
    static Demo open(String bootstrapServers, Collection<String> topics, PrintStream out) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Demo demo = new Demo(new KafkaConsumer<>(config, bytes, bytes), out);
        demo.goToEnd(topics);
        return demo;
    }

    /** Shows records, in a thread of its own, until closed. */
    void start() {
        reader.start();
    }

    private void goToEnd(Collection<String> topics) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(record -> out.println("demo: " + RecordText.of(record)));
            }
        } catch (WakeupException closing) {
            // close() asked for it
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(POLL.multipliedBy(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
