package io.sluice.dev.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics, with the cluster's own default for the number of copies. */
public final class Topics {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Of one that is there and well; a name, a route or a port that is wrong shows within it. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

    private Topics() {}

    /**
     * Returns when a Kafka answers at one of these addresses.
     *
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @throws IllegalStateException when none does: at once where nothing listens, within five seconds where something else
     *     does
     */
    public static void requireKafka(String bootstrapServers) {
        BootstrapAddresses.requireListener(bootstrapServers, FIRST_ANSWER);
        try (Admin admin = admin(bootstrapServers, FIRST_ANSWER)) {
            admin.describeCluster().nodes().get(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + bootstrapServers, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "what listens at " + bootstrapServers + " does not answer as a Kafka without TLS and log-in does",
                    e);
        }
    }

    /**
     * Creates what is missing and returns when the cluster has it.
     *
     * @param topics name to number of partitions; a topic that exists keeps its own number
     * @throws IllegalStateException when the cluster is out of reach or refuses
     */
    public static void create(String bootstrapServers, Map<String, Integer> topics) {
        if (topics.isEmpty()) {
            return;
        }
        List<NewTopic> wanted = topics.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), Optional.of(topic.getValue()), Optional.empty()))
                .toList();
        try (Admin admin = admin(bootstrapServers, LIMIT)) {
            admin.createTopics(wanted).values().forEach(Topics::await);
        }
    }

    /** Closing it takes no longer than {@code limit} either: it waits for calls in flight. */
    private static Admin admin(String bootstrapServers, Duration limit) {
        int millis = Math.toIntExact(limit.toMillis());
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis));
    }

    private static void await(String topic, KafkaFuture<Void> created) {
        try {
            created.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the topic " + topic, e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka did not create the topic " + topic + " in time", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka refuses to create the topic " + topic, e.getCause());
            }
        }
    }
}
