package io.sluice.core.binding;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code bindings.kafka} component, validated and with every default filled in.
 *
 * @param name the component's name: the path segment of the API and the default route
 * @param componentVersion {@code spec.version} as written, {@code v1} when empty
 * @param direction what the file says, empty when it says nothing
 * @param topics topics to consume, empty for a binding that consumes nothing
 * @param publishTopic the topic to produce to, or null
 * @param route path of the app that receives records, without a leading slash
 * @param initTimeout how long a start may take before it is reported as failed
 * @param ignoreErrors whether the gateway starts without this component when it is misconfigured
 */
public record KafkaBinding(
        String name,
        String componentVersion,
        Set<Direction> direction,
        List<String> topics,
        @Nullable String publishTopic,
        String route,
        Duration initTimeout,
        boolean ignoreErrors,
        ConnectionSettings connection,
        AuthSettings auth,
        ProducerSettings producer,
        ConsumerSettings consumer,
        DeliverySettings delivery,
        SchemaSettings schema) {

    public KafkaBinding {
        direction = Set.copyOf(direction);
        topics = List.copyOf(topics);
    }

    /** Whether the binding answers {@code create}: said by {@code direction}, else by the presence of {@code publishTopic}. */
    public boolean isOutput() {
        return direction.isEmpty() ? publishTopic != null : direction.contains(Direction.OUTPUT);
    }

    /** Whether records of {@code topics} are to be delivered. */
    public boolean isInput() {
        return !topics.isEmpty() && (direction.isEmpty() || direction.contains(Direction.INPUT));
    }
}
