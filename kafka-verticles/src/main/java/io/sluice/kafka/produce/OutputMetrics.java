package io.sluice.kafka.produce;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of one binding, under Dapr's names and labels, looked up once. */
final class OutputMetrics {
    /** Dapr's buckets, in milliseconds. */
    private static final double[] BUCKETS = {
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800,
        1000, 2000, 5000, 10000, 20000, 50000, 100000
    };

    private static final String CREATE = "create";
    /** Instead of what the caller wrote, which could be anything. */
    private static final String UNSUPPORTED = "unsupported";

    private static final double NANOS_PER_MILLI = 1e6;

    private final MeterRegistry registry;
    private final Tags common;
    private final List<Meter> meters = new ArrayList<>();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final Series stored;
    private final Series failed;
    private final Series unsupported;

    private record Series(LongAdder count, DistributionSummary latency) {
        void record(double millis) {
            count.increment();
            latency.record(millis);
        }
    }

    OutputMetrics(KafkaServices services, String binding) {
        this.registry = services.meters();
        this.common = Tags.of(
                "app_id",
                services.appId(),
                "component",
                binding,
                "namespace",
                Objects.requireNonNullElse(services.namespace(), ""));
        this.stored = series(CREATE, true);
        this.failed = series(CREATE, false);
        this.unsupported = series(UNSUPPORTED, false);
        keep(Gauge.builder("sluice_output_bytes_in_flight", bytesInFlight, AtomicLong::get)
                .description("Bytes of records between the call and Kafka's answer")
                .tags(common)
                .register(registry));
    }

    private Series series(String operation, boolean success) {
        Tags tags = common.and("operation", operation, "success", Boolean.toString(success));
        var count = new LongAdder();
        keep(FunctionCounter.builder("dapr_component_output_binding_count", count, LongAdder::sum)
                .description("The number of operations invoked on the output binding component")
                .tags(tags)
                .register(registry));
        var latency = DistributionSummary.builder("dapr_component_output_binding_latencies")
                .description("The latency of the response from the output binding component, in milliseconds")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
        keep(latency);
        return new Series(count, latency);
    }

    private void keep(Meter meter) {
        meters.add(meter);
    }

    /** One call has its outcome, {@code nanos} after it came. */
    void called(boolean supported, boolean success, long nanos) {
        Series series = success ? stored : supported ? failed : unsupported;
        series.record(nanos / NANOS_PER_MILLI);
    }

    void bytesInFlight(long bytes) {
        bytesInFlight.lazySet(bytes);
    }

    /** Takes the meters away, so that a binding of the same name can bring its own. */
    void remove() {
        meters.forEach(registry::remove);
    }
}
