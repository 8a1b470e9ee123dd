package io.sluice.it.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to a topic with Kafka's own producer, to its partitions in turn, several keys in each. Values are
 * different and are JSON texts.
 */
final class Publisher implements AutoCloseable {
    static final int PARTITIONS = 6;

    private static final int KEYS = 10 * PARTITIONS;
    private static final int TICK_MS = 10;

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private int sent;

    private Publisher(String bootstrapServers, String topic) {
        this.topic = topic;
        ByteArraySerializer bytes = new ByteArraySerializer();
        // With more, a topic that is just coming up may take the second request and refuse the first, for ever.
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1);
        this.producer = new KafkaProducer<>(config, bytes, bytes);
    }

    /** Writes that many records at once. */
    static void fill(String bootstrapServers, String topic, int records) {
        try (Publisher publisher = new Publisher(bootstrapServers, topic)) {
            publisher.send(records);
            publisher.producer.flush();
            if (publisher.stored.size() != records) {
                throw new IllegalStateException(publisher.stored.size() + " of " + records + " records were stored");
            }
        }
    }

    /** Writes a steady number of records, 100 or a multiple of it, per second. */
    static Publisher start(String bootstrapServers, String topic, int perSecond) {
        Publisher publisher = new Publisher(bootstrapServers, topic);
        int perTick = perSecond * TICK_MS / 1000;
        publisher.clock.scheduleAtFixedRate(() -> publisher.send(perTick), 0, TICK_MS, TimeUnit.MILLISECONDS);
        return publisher;
    }

    private void send(int records) {
        for (int i = 0; i < records; i++) {
            int number = sent++;
            int key = number % KEYS;
            String value = "\"id-" + number + "\"";
            var record = new ProducerRecord<>(
                    topic, key % PARTITIONS, ("key-" + key).getBytes(UTF_8), value.getBytes(UTF_8));
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    stored.add(value);
                }
            });
        }
    }

    /** Writes no more; returns the values that were acknowledged. */
    Set<String> stop() {
        close();
        return Set.copyOf(stored);
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a record could not be handed to the producer");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        producer.close();
    }
}
