package io.sluice.it.crowd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What comes out of Kafka: now and then a record that says when it was sent, and records that mean no good. */
final class Feed implements AutoCloseable {
    private static final int MIB = 1024 * 1024;
    private static final long PAUSE_MS = 100;
    private static final int BASE = 36;

    private final Producer<byte[], byte[]> producer;
    private final String bootstrapServers;
    private final String quick;
    private final Thread thread = new Thread(this::run, "feed");
    private volatile boolean stopped;

    /** @param quick the topic of the records that are sent from now on */
    Feed(String bootstrapServers, String quick) {
        this.bootstrapServers = bootstrapServers;
        this.quick = quick;
        this.producer = producer(bootstrapServers, Map.of());
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                String now = String.valueOf(System.nanoTime());
                producer.send(new ProducerRecord<>(quick, now.getBytes(US_ASCII)));
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    /** Under a mebibyte with 150,000. */
    void sendHeaders(String topic, int count) {
        var record = new ProducerRecord<byte[], byte[]>(topic, new byte[] {'1'});
        for (int i = 0; i < count; i++) {
            record.headers().add(Integer.toString(i, BASE), new byte[0]);
        }
        send(producer, record);
    }

    /** Some hundred kilobytes in Kafka. */
    void sendBomb(String topic, int mebibytes) {
        int size = mebibytes * MIB;
        Map<String, Object> large =
                Map.of("compression.type", "gzip", "max.request.size", size + MIB, "buffer.memory", (long) size + MIB);
        try (Producer<byte[], byte[]> bomber = producer(bootstrapServers, large)) {
            send(bomber, new ProducerRecord<>(topic, new byte[size]));
        }
    }

    private static void send(Producer<byte[], byte[]> through, ProducerRecord<byte[], byte[]> record) {
        try {
            through.send(record).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no record for the test", e);
        }
    }

    private static Producer<byte[], byte[]> producer(String bootstrapServers, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", bootstrapServers);
        var bytes = new ByteArraySerializer();
        return new KafkaProducer<>(config, bytes, bytes);
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        producer.close();
    }
}
