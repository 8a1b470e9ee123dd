package io.sluice.dev.kafka;

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
    private static final long TIMEOUT_SECONDS = 15;

    private Topics() {}

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
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(wanted).values().forEach(Topics::await);
        }
    }

    private static void await(String topic, KafkaFuture<Void> created) {
        try {
            created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
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
