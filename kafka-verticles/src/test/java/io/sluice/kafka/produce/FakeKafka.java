package io.sluice.kafka.produce;

import io.sluice.core.binding.AuthSettings;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterQuery;
import io.sluice.kafka.client.KafkaClients;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.Deserializer;

/** A Kafka that does as the test says. */
final class FakeKafka implements KafkaClients {
    final List<FakeProducer> producers = new CopyOnWriteArrayList<>();
    final AtomicInteger openQueries = new AtomicInteger();
    /** How often somebody wanted to know whether the cluster is there. */
    final AtomicInteger asked = new AtomicInteger();
    /** What opening a producer throws, null for a producer. */
    volatile RuntimeException openError;
    /** What a new producer throws when it is asked for metadata. */
    volatile RuntimeException metadataError;
    /** Of a new producer. */
    volatile Double connections;
    /** How a question whether the cluster is there fails, null for an answer. */
    volatile RuntimeException clusterError;

    @Override
    public Producer<byte[], byte[]> producer(AuthSettings auth, Map<String, Object> properties) {
        if (openError != null) {
            throw openError;
        }
        var producer = new FakeProducer(properties);
        producer.metadataError = metadataError;
        producer.connections = connections;
        producers.add(producer);
        return producer;
    }

    @Override
    public Consumer<byte[], byte[]> consumer(
            AuthSettings auth, Map<String, Object> properties, Deserializer<byte[]> keys, Deserializer<byte[]> values) {
        throw new UnsupportedOperationException("nothing is consumed here");
    }

    @Override
    public ClusterQuery query(Cluster cluster) {
        openQueries.incrementAndGet();
        return new ClusterQuery() {
            @Override
            public Future<Void> ask() {
                asked.incrementAndGet();
                return clusterError == null ? Future.succeededFuture() : Future.failedFuture(clusterError);
            }

            @Override
            public Future<Map<String, Uuid>> topicIds(Set<String> topics) {
                return Future.succeededFuture(Map.of());
            }

            @Override
            public Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups) {
                return Future.succeededFuture(Map.of());
            }

            @Override
            public Future<Boolean> hasInstance(String group, String instanceId) {
                return Future.succeededFuture(false);
            }

            @Override
            public Future<Void> close() {
                openQueries.decrementAndGet();
                return Future.succeededFuture();
            }
        };
    }
}
