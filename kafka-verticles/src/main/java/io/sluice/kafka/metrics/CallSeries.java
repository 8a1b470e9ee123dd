package io.sluice.kafka.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How often a component was called and how long that took, under Dapr's names. Safe for use from any thread. */
public final class CallSeries {
    /** Milliseconds. Of Dapr's 34 so many that a binding has no more than 40 lines, however its calls end. */
    private static final double[] BUCKETS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};

    private static final double NANOS_PER_MILLI = 1e6;

    private final MeterRegistry registry;
    private final String direction;
    private final Tags tags;
    private final LongAdder count = new LongAdder();
    private final FunctionCounter calls;
    private volatile @Nullable DistributionSummary latency;
    private boolean removed;

    /** @param direction {@code input} or {@code output} */
    public CallSeries(MeterRegistry registry, String direction, Tags tags) {
        this.registry = registry;
        this.direction = direction;
        this.tags = tags;
        this.calls = FunctionCounter.builder(name("count"), count, LongAdder::sum)
                .description("The number of times the " + direction + " binding component was called")
                .tags(tags)
                .register(registry);
    }

    private String name(String what) {
        return "dapr_component_" + direction + "_binding_" + what;
    }

    /** A call that says nothing about how long calls take. */
    public void count() {
        count.increment();
    }

    public void record(long nanos) {
        count.increment();
        DistributionSummary known = latency;
        (known != null ? known : firstLatency()).record(nanos / NANOS_PER_MILLI);
    }

    /** With the first call: it has a line for each bucket, and most bindings of a large gateway are at rest. */
    private synchronized DistributionSummary firstLatency() {
        DistributionSummary known = latency;
        if (known != null) {
            return known;
        }
        DistributionSummary first = DistributionSummary.builder(name("latencies"))
                .description("The latency of the " + direction + " binding component, in milliseconds")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
        latency = first;
        if (removed) {
            registry.remove(first);
        }
        return first;
    }

    /** Takes the meters away; what is recorded after that is seen nowhere. */
    public synchronized void remove() {
        removed = true;
        registry.remove(calls);
        DistributionSummary last = latency;
        if (last != null) {
            registry.remove(last);
        }
    }
}
