package io.sluice.it.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records one after the other, a bounded number in flight, and remembers which were acknowledged by all copies. */
final class Load implements AutoCloseable {
    static final int IN_FLIGHT = 10;

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Semaphore permits = new Semaphore(IN_FLIGHT);
    private volatile boolean stopping;
    private final Thread sender = new Thread(this::sendUntilStopped, "load");

    private Load(String bootstrapServers, String topic) {
        this.topic = topic;
        ByteArraySerializer bytes = new ByteArraySerializer();
        // What a paused node was sent goes to its successor after this time; the default is 30 s.
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "request.timeout.ms", 3000);
        this.producer = new KafkaProducer<>(config, bytes, bytes);
    }

    static Load start(String bootstrapServers, String topic) {
        Load load = new Load(bootstrapServers, topic);
        load.sender.start();
        return load;
    }

    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Sends no more and returns when everything sent is answered, after Kafka's delivery time-out at the latest. */
    void stop() {
        stopping = true;
        permits.acquireUninterruptibly(IN_FLIGHT);
        permits.release(IN_FLIGHT);
    }

    @Override
    public void close() {
        stopping = true;
        producer.close();
    }

    private void sendUntilStopped() {
        for (int i = 0; !stopping; i++) {
            permits.acquireUninterruptibly();
            send("record-" + i);
        }
    }

    private void send(String value) {
        producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)), (metadata, failure) -> {
            if (failure == null) {
                acknowledged.add(value);
            }
            permits.release();
        });
    }
}
