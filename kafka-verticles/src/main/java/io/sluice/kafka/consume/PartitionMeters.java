package io.sluice.kafka.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;

/** The gauge of one assigned partition: written by its owner, read by whoever looks. */
final class PartitionMeters {
    private final MeterRegistry registry;
    private final AtomicLong lag = new AtomicLong();
    private final Gauge gauge;

    PartitionMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.gauge = Gauge.builder("sluice_input_lag", lag, AtomicLong::get)
                .description("Offsets between what is committed and the partition's end")
                .tags(tags)
                .register(registry);
    }

    /** @param behind the lag, negative when it is not known */
    void show(long behind) {
        lag.lazySet(Math.max(0, behind));
    }

    void remove() {
        registry.remove(gauge);
    }
}
