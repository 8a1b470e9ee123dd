package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.health.Health;
import org.junit.jupiter.api.Test;

class OutputMetricsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutputMetrics metrics =
            new OutputMetrics(new KafkaServices(new Health(), meters, "app", null), "orders");

    @Test
    void thereIsNothingToSayOfARegistryThatNobodyAsks() {
        assertThat(meters.find("sluice_schema_cache_hits").meters()).isEmpty();
    }

    /** While a binding changes it has two registries for a moment. */
    @Test
    void allRegistriesOfABindingShareTheirMetrics() {
        assertThat(metrics.schemas()).isSameAs(metrics.schemas());
        assertThat(meters.find("sluice_schema_cache_hits").meters()).hasSize(1);
    }

    @Test
    void aBindingAtRestHasFewLinesAndItsCountsAreThereFromTheStart() {
        assertThat(meters.find("dapr_component_output_binding_count").meters()).hasSize(3);
        assertThat(meters.find("dapr_component_output_binding_latencies").meters())
                .isEmpty();

        metrics.called(true, true, 2_000_000);
        metrics.called(true, true, 4_000_000);

        assertThat(meters.get("dapr_component_output_binding_latencies")
                        .tag("success", "true")
                        .summary()
                        .totalAmount())
                .isEqualTo(6);
    }

    @Test
    void everythingGoesWithTheBinding() {
        metrics.schemas();
        metrics.called(true, true, 1);

        metrics.remove();
        metrics.called(true, true, 1);
        metrics.called(true, false, 1);

        assertThat(meters.getMeters()).isEmpty();
    }
}
