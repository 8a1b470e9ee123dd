package io.sluice.kafka.produce;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.health.Health;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the Kafka side needs of the gateway around it.
 *
 * @param appId the gateway's identity, a label of every metric
 * @param namespace likewise, null for none
 * @param heap what its parts may hold of it
 */
public record KafkaServices(
        Health health,
        MeterRegistry meters,
        String appId,
        @Nullable String namespace,
        HeapBudget heap) {

    /** The services of a gateway that is alone in its process. */
    public KafkaServices(Health health, MeterRegistry meters, String appId, @Nullable String namespace) {
        this(health, meters, appId, namespace, HeapBudget.ofProcess());
    }

    /** The labels of a binding's metrics. */
    public Tags tags(String binding) {
        return Tags.of("app_id", appId, "component", binding, "namespace", Objects.requireNonNullElse(namespace, ""));
    }
}
