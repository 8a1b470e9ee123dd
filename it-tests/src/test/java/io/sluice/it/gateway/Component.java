package io.sluice.it.gateway;

import io.sluice.it.kafka.TestKafka;
import io.vertx.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A component file of a Kafka binding.
 *
 * @param initTimeout as {@code spec.initTimeout} has it
 * @param metadata fields and their values, in the order of the file
 */
public record Component(String name, String initTimeout, Map<String, String> metadata) {

    /** A component for which the start waits two seconds. */
    public Component(String name, Map<String, String> metadata) {
        this(name, "2s", metadata);
    }

    /** A component with nothing but the brokers. */
    public static Component at(String brokers, String name) {
        return new Component(name, Map.of("brokers", brokers));
    }

    /** A binding that only produces, without a log-in, and takes records larger than the default. */
    public static Component output(TestKafka kafka, String name, String topic) {
        return at(kafka.bootstrapServers(), name)
                .with("authType", "none")
                .with("direction", "output")
                .with("publishTopic", topic)
                .with("maxMessageBytes", "100000");
    }

    /**
     * A binding that only consumes, from the beginning of the topic, in a group that no other test has; the app is not asked
     * whether it wants the records.
     */
    public static Component input(TestKafka kafka, String name, String topic) {
        return at(kafka.bootstrapServers(), name)
                .with("authType", "none")
                .with("direction", "input")
                .with("topics", topic)
                .with("initialOffset", "oldest")
                .with("consumerGroup", name + "-of-" + topic);
    }

    /** The value of a field that is set. */
    public String field(String field) {
        return Objects.requireNonNull(metadata.get(field), field);
    }

    public Component with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(field, value);
        return new Component(name, initTimeout, more);
    }

    public Component without(String field) {
        Map<String, String> fewer = new LinkedHashMap<>(metadata);
        fewer.remove(field);
        return new Component(name, initTimeout, fewer);
    }

    /** How long the start waits for the binding. */
    public Component startingWithin(String limit) {
        return new Component(name, limit, metadata);
    }

    public String yaml() {
        String fields = metadata.entrySet().stream()
                // A JSON text is a YAML text in double quotes.
                .map(field -> "  - name: " + field.getKey() + "\n    value: " + Json.encode(field.getValue()) + "\n")
                .collect(Collectors.joining());
        return "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: " + name
                + "\nspec:\n  type: bindings.kafka\n  version: v1\n  initTimeout: " + initTimeout + "\n  metadata:\n"
                + fields;
    }
}
