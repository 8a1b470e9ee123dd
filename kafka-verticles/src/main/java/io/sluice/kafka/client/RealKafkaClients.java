package io.sluice.kafka.client;

import io.sluice.auth.kafka.KafkaLogins;
import io.sluice.auth.kafka.KafkaSecurity;
import io.sluice.auth.kafka.Transport;
import io.sluice.core.binding.AuthSettings;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;

final class RealKafkaClients implements KafkaClients {
    private static final int ANSWER_WITHIN_MS = 3_000;
    /** After a failed login Kafka's admin client tries again when its metadata is that old; by default after 5 minutes. */
    private static final int LOG_IN_AGAIN_AFTER_MS = 2_000;

    private final Vertx vertx;
    private final KafkaLogins logins;
    private final ListenerInspection inspection;
    private final PlainTextGuard guard;
    private final Openings consumers = new Openings();

    RealKafkaClients(Vertx vertx, KafkaLogins logins) {
        this.vertx = vertx;
        this.logins = logins;
        this.inspection = new ListenerInspection(vertx);
        this.guard = new PlainTextGuard(inspection::inspect, System::nanoTime);
    }

    @Override
    public Producer<byte[], byte[]> producer(AuthSettings auth, Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.putAll(logins.of(auth).clientProperties());
        check(properties, auth);
        return new RealProducer(all);
    }

    @Override
    public Consumer<byte[], byte[]> consumer(
            AuthSettings auth, Map<String, Object> properties, Deserializer<byte[]> keys, Deserializer<byte[]> values) {
        var all = new HashMap<>(properties);
        all.putAll(logins.of(auth).clientProperties());
        check(properties, auth);
        return consumers.open(() -> new KafkaConsumer<>(all, keys, values));
    }

    @Override
    public ClusterQuery query(Cluster cluster) {
        KafkaSecurity login = logins.of(cluster.auth());
        var properties = new HashMap<>(login.clientProperties());
        properties.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.brokers().stream().distinct().toList());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, cluster.clientId());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        properties.put(AdminClientConfig.METADATA_MAX_AGE_CONFIG, LOG_IN_AGAIN_AFTER_MS);
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        guard.check(cluster.brokers(), cluster.clientId(), cluster.auth());
        var query = new AdminQuery(vertx, AdminClient.create(properties), login);
        return new InspectingQuery(
                query,
                Transport.protocol(cluster.auth()),
                () -> inspection.inspect(cluster.brokers(), cluster.clientId()));
    }

    private void check(Map<String, Object> properties, AuthSettings auth) {
        guard.check(
                brokers(properties),
                String.valueOf(properties.getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, "")),
                auth);
    }

    private static List<String> brokers(Map<String, Object> properties) {
        return properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) instanceof List<?> brokers
                ? brokers.stream().map(String::valueOf).toList()
                : List.of();
    }
}
