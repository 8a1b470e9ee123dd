package io.sluice.dev.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an {@link EmbeddedKafka} is to be.
 *
 * @param folder everything it writes; what a former broker left there is kept
 * @param port of the plain listener on 127.0.0.1, 0 for any free one
 * @param autoCreateTopics whether a topic appears when a client first names it
 * @param topics created at start when missing: name to number of partitions
 * @param listeners further doors, for tests of TLS and SASL
 * @param serverProperties Kafka's own server properties, over the broker's defaults
 */
public record EmbeddedKafkaSettings(
        Path folder,
        int port,
        boolean autoCreateTopics,
        Map<String, Integer> topics,
        List<Listener> listeners,
        Map<String, String> serverProperties) {

    public EmbeddedKafkaSettings {
        topics = Map.copyOf(topics);
        listeners = List.copyOf(listeners);
        serverProperties = Map.copyOf(serverProperties);
    }

    /** A broker on any free port, without topics, that creates none by itself. */
    public static EmbeddedKafkaSettings in(Path folder) {
        return new EmbeddedKafkaSettings(folder, 0, false, Map.of(), List.of(), Map.of());
    }

    public EmbeddedKafkaSettings withPort(int newPort) {
        return new EmbeddedKafkaSettings(folder, newPort, autoCreateTopics, topics, listeners, serverProperties);
    }

    public EmbeddedKafkaSettings withAutoCreateTopics() {
        return new EmbeddedKafkaSettings(folder, port, true, topics, listeners, serverProperties);
    }

    public EmbeddedKafkaSettings withTopics(Map<String, Integer> newTopics) {
        return new EmbeddedKafkaSettings(folder, port, autoCreateTopics, newTopics, listeners, serverProperties);
    }

    public EmbeddedKafkaSettings withListeners(List<Listener> newListeners) {
        return new EmbeddedKafkaSettings(folder, port, autoCreateTopics, topics, newListeners, serverProperties);
    }

    public EmbeddedKafkaSettings withServerProperties(Map<String, String> newProperties) {
        return new EmbeddedKafkaSettings(folder, port, autoCreateTopics, topics, listeners, newProperties);
    }
}
