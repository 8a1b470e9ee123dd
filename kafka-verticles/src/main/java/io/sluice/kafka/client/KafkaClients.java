package io.sluice.kafka.client;

import io.sluice.auth.kafka.KafkaLogins;
import io.sluice.core.binding.AuthSettings;
import io.vertx.core.Vertx;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Opens clients of Kafka.
 *
 * <p>All methods resolve names and read certificate files: they block, and are not for an event loop. They throw
 * {@link org.apache.kafka.common.KafkaException} or {@link IllegalArgumentException} when that fails, which says nothing
 * about the next attempt.
 */
public interface KafkaClients {

    /**
     * The clients of Kafka itself; what they report comes back on contexts of {@code vertx}. One is enough for a gateway:
     * its clients share what their logins have in common.
     */
    static KafkaClients of(Vertx vertx) {
        return new RealKafkaClients(vertx, new KafkaLogins(vertx));
    }

    /** A producer with {@code properties} and the login of {@code auth}. */
    Producer<byte[], byte[]> producer(AuthSettings auth, Map<String, Object> properties);

    /** A consumer with {@code properties} and the login of {@code auth}; belongs to the thread that uses it. */
    default Consumer<byte[], byte[]> consumer(AuthSettings auth, Map<String, Object> properties) {
        return consumer(auth, properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As {@link #consumer(AuthSettings, Map)}, with what makes keys and values of the bytes of a record. */
    Consumer<byte[], byte[]> consumer(
            AuthSettings auth, Map<String, Object> properties, Deserializer<byte[]> keys, Deserializer<byte[]> values);

    ClusterQuery query(Cluster cluster);
}
