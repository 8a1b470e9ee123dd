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
    void everythingGoesWithTheBinding() {
        metrics.schemas();

        metrics.remove();

        assertThat(meters.getMeters()).isEmpty();
    }
}
