package io.sluice.dev;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Shows every record that is written into some topics after a moment, with Kafka's own consumer. Reads without a group, so it
 * leaves no trace in Kafka.
 */
final class TopicPrinter implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final PrintStream out;
    private final long since = System.currentTimeMillis();
    private final Set<TopicPartition> read = new HashSet<>();
    private @Nullable Thread reader;
    private @Nullable String trouble;
    private volatile boolean closed;

    /** Does nothing yet, but what is written from now on will be shown. */
    TopicPrinter(String bootstrapServers, PrintStream out) {
        this.bootstrapServers = bootstrapServers;
        this.out = out;
    }

    /**
     * Shows records, in a thread of its own, until closed.
     *
     * @param topics asked again and again: topics that are added are read too, from their start
     */
    void start(Supplier<Set<String>> topics) {
        reader = new Thread(() -> readAll(topics), "topic-printer");
        reader.start();
    }

    private void readAll(Supplier<Set<String>> topics) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            while (!closed) {
                read(consumer, topics.get());
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, Set<String> topics) {
        try {
            addPartitions(consumer, topics);
            if (read.isEmpty()) {
                LockSupport.parkNanos(POLL.toNanos());
            } else {
                consumer.poll(POLL).forEach(record -> out.println("demo: written   " + RecordText.of(record)));
            }
        } catch (KafkaException e) {
            tell(String.valueOf(e.getMessage()));
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void addPartitions(Consumer<byte[], byte[]> consumer, Set<String> topics) {
        Set<TopicPartition> all = new HashSet<>(read);
        topics.forEach(topic -> all.addAll(partitions(consumer, topic)));
        Set<TopicPartition> added = new HashSet<>(all);
        added.removeAll(read);
        if (!added.isEmpty()) {
            consumer.assign(all);
            seek(consumer, added);
            read.addAll(added);
        }
    }

    private static Collection<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** To the first record since this printer was made. The ends are asked for first: nothing is missed in between. */
    private void seek(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        consumer.offsetsForTimes(times)
                .forEach((partition, first) ->
                        consumer.seek(partition, first == null ? ends.get(partition) : first.offset()));
    }

    private void tell(String message) {
        if (!message.equals(trouble)) {
            trouble = message;
            out.println("demo: cannot read what is written: " + message);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (reader != null) {
            try {
                reader.join(POLL.multipliedBy(10).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
