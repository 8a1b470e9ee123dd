package io.sluice.kafka.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** How often a component was called and how long that took, under Dapr's names. Safe for use from any thread. */
public final class CallSeries {
    /** Dapr's buckets, in milliseconds. */
    private static final double[] BUCKETS = {
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800,
        1000, 2000, 5000, 10000, 20000, 50000, 100000
    };

    private static final double NANOS_PER_MILLI = 1e6;

    private final LongAdder count = new LongAdder();
    private final FunctionCounter calls;
    private final DistributionSummary latency;

    /** @param direction {@code input} or {@code output} */
    public CallSeries(MeterRegistry registry, String direction, Tags tags) {
        String name = "dapr_component_" + direction + "_binding_";
        calls = FunctionCounter.builder(name + "count", count, LongAdder::sum)
                .description("The number of times the " + direction + " binding component was called")
                .tags(tags)
                .register(registry);
        latency = DistributionSummary.builder(name + "latencies")
                .description("The latency of the " + direction + " binding component, in milliseconds")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
    }

    public void record(long nanos) {
        count.increment();
        latency.record(nanos / NANOS_PER_MILLI);
    }

    /** What is to be removed from the registry at the end. */
    public List<Meter> meters() {
        return List.of(calls, latency);
    }
}
