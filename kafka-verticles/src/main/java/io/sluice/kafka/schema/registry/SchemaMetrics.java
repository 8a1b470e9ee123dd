package io.sluice.kafka.schema.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.kafka.schema.registry.LookupFailure.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What one binding asks of its registry. Safe for use from any thread. */
public final class SchemaMetrics {
    private static final double[] BUCKETS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
    private static final double NANOS_PER_MILLI = 1e6;

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final LongAdder hits = new LongAdder();
    private final Counter found;
    private final Map<Kind, Counter> failed = new EnumMap<>(Kind.class);
    private final DistributionSummary latency;

    /** @param tags tell this binding's metrics from those of others */
    public SchemaMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.found = lookups(tags, "found");
        for (Kind kind : Kind.values()) {
            failed.put(kind, lookups(tags, kind.label()));
        }
        this.latency = DistributionSummary.builder("sluice_schema_lookup_latencies")
                .description("How long the schema registry took for a schema, in milliseconds")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
        meters.add(latency);
        meters.add(FunctionCounter.builder("sluice_schema_cache_hits", hits, LongAdder::sum)
                .description("Values whose schema was known")
                .tags(tags)
                .register(registry));
    }

    private Counter lookups(Tags tags, String result) {
        Counter counter = Counter.builder("sluice_schema_lookups")
                .description("Schemas that the registry was asked for")
                .tags(tags.and("result", result))
                .register(registry);
        meters.add(counter);
        return counter;
    }

    void hit() {
        hits.increment();
    }

    void found(long nanos) {
        found.increment();
        latency.record(nanos / NANOS_PER_MILLI);
    }

    void failed(Kind kind, long nanos) {
        Objects.requireNonNull(failed.get(kind)).increment();
        latency.record(nanos / NANOS_PER_MILLI);
    }

    /** Takes the meters away, so that a binding of the same name can bring its own. */
    public void remove() {
        meters.forEach(registry::remove);
    }
}
