package io.sluice.kafka.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.kafka.consume.progress.PartitionSnapshot;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Oldest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The gauges of one assigned partition: written by its owner, read by whoever looks. */
final class PartitionMeters {
    private static final double MILLIS_PER_SECOND = 1000;

    private final MeterRegistry registry;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong age = new AtomicLong();
    private final List<Meter> gauges;

    PartitionMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.gauges = List.of(
                Gauge.builder("sluice_input_lag", lag, AtomicLong::get)
                        .description("Offsets between what is committed and the partition's end")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("sluice_input_window_records", records, AtomicLong::get)
                        .description("Records received and not settled")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("sluice_input_unsettled_age_seconds", age, millis -> millis.get() / MILLIS_PER_SECOND)
                        .description("How long ago the oldest record that is not settled was received")
                        .tags(tags)
                        .register(registry));
    }

    /** @param behind the lag, negative when it is not known */
    void show(PartitionSnapshot snapshot, long behind) {
        lag.lazySet(Math.max(0, behind));
        records.lazySet(snapshot.records());
        age.lazySet(snapshot.oldest().map(Oldest::age).orElse(0L));
    }

    /** The same for a partition of which no record is held. */
    void showEmpty(long behind) {
        lag.lazySet(Math.max(0, behind));
        records.lazySet(0);
        age.lazySet(0);
    }

    void remove() {
        gauges.forEach(registry::remove);
    }
}
