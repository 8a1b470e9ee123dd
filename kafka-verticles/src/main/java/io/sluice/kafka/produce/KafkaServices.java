package io.sluice.kafka.produce;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.core.health.Health;
import org.jspecify.annotations.Nullable;

/**
 * What the Kafka side needs of the gateway around it.
 *
 * @param appId the gateway's identity, a label of every metric
 * @param namespace likewise, null for none
 */
public record KafkaServices(
        Health health,
        MeterRegistry meters,
        String appId,
        @Nullable String namespace) {}
