package io.sluice.bench.deliver;

import io.sluice.bench.ledger.DeliveryLedger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Produces the records, each with an id from the ledger. For one thread. */
public final class Feed implements AutoCloseable {
    private static final String REST = ",\"customer\":\"c-48151623\",\"status\":\"paid\",\"amount\":1249.95,"
            + "\"currency\":\"EUR\",\"lines\":[{\"sku\":\"A-100\",\"count\":2},{\"sku\":\"B-205\",\"count\":1}],"
            + "\"note\":\"leave it with the neighbour at number 12\"}";

    private final String topic;
    private final Topology topology;
    private final DeliveryLedger ledger;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public Feed(String brokers, String topic, Topology topology, DeliveryLedger ledger) {
        this.topic = topic;
        this.topology = topology;
        this.ledger = ledger;
        // A record at a fixed rate must not wait for others.
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "linger.ms", 0);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Produces as fast as Kafka takes them and returns when all are acknowledged. */
    public void fill(int count) {
        for (int i = 0; i < count; i++) {
            send(System.nanoTime());
        }
        flush();
    }

    /**
     * Produces at a fixed rate, whether or not anything keeps up. A late record keeps the time it was due at, so a
     * stall shows in the latencies of all that had to wait for it.
     */
    void pace(int count, int perSecond) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send(due);
        }
        flush();
    }

    private void send(long due) {
        int id = ledger.issue(due);
        byte[] key = ("key-" + Topology.keyOf(id)).getBytes(StandardCharsets.US_ASCII);
        byte[] value = ("{\"id\":" + id + REST).getBytes(StandardCharsets.US_ASCII);
        var record = new ProducerRecord<>(topic, topology.partitionOf(id), key, value);
        var unused = producer.send(record, (metadata, thrown) -> {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
        });
    }

    private void flush() {
        producer.flush();
        Exception thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("Kafka did not take a record", thrown);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
