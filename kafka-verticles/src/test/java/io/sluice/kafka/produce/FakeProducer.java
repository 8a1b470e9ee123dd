package io.sluice.kafka.produce;

import io.sluice.kafka.client.NetworkThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A producer whose metadata and acknowledgements are the test's to give, in any order and from any thread. */
final class FakeProducer extends MockProducer<byte[], byte[]> implements NetworkThread {
    volatile int partitions = 3;
    /** Connections to brokers, null for a producer that does not tell. */
    volatile Double connections;

    final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    /** What partitionsFor throws, null for an answer. */
    volatile RuntimeException metadataError;
    /** What send throws after it has taken the record, null for nothing. */
    volatile Throwable sendError;

    /** What it was opened with. */
    final Map<String, Object> properties;

    /** Whether it has lost its thread: it takes what is sent, and reports nothing any more. */
    volatile boolean ended;

    private volatile boolean obliging;

    FakeProducer(Map<String, Object> properties) {
        this.properties = properties;
    }

    FakeProducer() {
        this(Map.of());
    }

    /** Acknowledges what was sent and all that will be. */
    void oblige() {
        obliging = true;
        sent.forEach(record -> record.acknowledge(0, 0));
    }

    record Sent(ProducerRecord<byte[], byte[]> record, Callback callback) {
        void acknowledge(int partition, long offset) {
            var metadata = new RecordMetadata(new TopicPartition(record.topic(), partition), offset, 0, 0, 0, 0);
            callback.onCompletion(metadata, null);
        }

        void fail(Exception error) {
            callback.onCompletion(
                    new RecordMetadata(new TopicPartition(record.topic(), -1), -1, -1, -1, -1, -1), error);
        }
    }

    Sent nextSent() throws InterruptedException {
        Sent next = sent.poll(15, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was sent");
        }
        return next;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Integer partition = record.partition();
        if (metadataError instanceof TimeoutException unknown) {
            callback.onCompletion(null, unknown);
            return new CompletableFuture<>();
        }
        if (partition != null && partition >= partitions) {
            callback.onCompletion(null, new TimeoutException("Partition is not present in metadata after 0 ms."));
            return new CompletableFuture<>();
        }
        var taken = new Sent(record, callback);
        sent.add(taken);
        if (obliging) {
            taken.acknowledge(0, 0);
        }
        if (sendError instanceof Error error) {
            throw error;
        }
        if (sendError instanceof RuntimeException exception) {
            throw exception;
        }
        return new CompletableFuture<>();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        if (metadataError != null) {
            throw metadataError;
        }
        var infos = new ArrayList<PartitionInfo>();
        for (int i = 0; i < partitions; i++) {
            infos.add(new PartitionInfo(topic, i, null, null, null));
        }
        return infos;
    }

    @Override
    public Map<MetricName, Metric> metrics() {
        return connections == null ? Map.of() : BrokerContactTest.metrics(() -> connections, () -> 0.0);
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close(Duration timeout) {
        closed.complete(null);
    }
}
