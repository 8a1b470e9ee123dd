package io.sluice.kafka.produce;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.kafka.metrics.CallSeries;
import io.sluice.kafka.schema.registry.SchemaMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics of one binding, under Dapr's names and labels, looked up once. */
final class OutputMetrics {
    private static final String CREATE = "create";
    /** Instead of what the caller wrote, which could be anything. */
    private static final String UNSUPPORTED = "unsupported";

    private final MeterRegistry registry;
    private final Tags common;
    private final List<Meter> meters = new ArrayList<>();
    private final AtomicLong bytesInFlight = new AtomicLong();
    private final AtomicLong overloaded = new AtomicLong();
    private final CallSeries stored;
    private final CallSeries failed;
    private final CallSeries unsupported;
    private @Nullable SchemaMetrics schemas;

    OutputMetrics(KafkaServices services, String binding) {
        this.registry = services.meters();
        this.common = services.tags(binding);
        this.stored = series(CREATE, true);
        this.failed = series(CREATE, false);
        this.unsupported = series(UNSUPPORTED, false);
        meters.add(Gauge.builder("sluice_output_bytes_in_flight", bytesInFlight, AtomicLong::get)
                .description("Bytes of records between the call and Kafka's answer")
                .tags(common)
                .register(registry));
        meters.add(FunctionCounter.builder("sluice_output_overloaded_total", overloaded, AtomicLong::get)
                .description("Calls that were answered 503 because too many waited for Kafka")
                .tags(common)
                .register(registry));
    }

    private CallSeries series(String operation, boolean success) {
        Tags tags = common.and("operation", operation, "success", Boolean.toString(success));
        return new CallSeries(registry, "output", tags);
    }

    /** One call has its outcome, {@code nanos} after it came. */
    void called(boolean supported, boolean success, long nanos) {
        if (supported || success) {
            (success ? stored : failed).record(nanos);
        } else {
            unsupported.count();
        }
    }

    /** A call was refused for want of room. */
    void overloaded() {
        overloaded.incrementAndGet();
    }

    /** More bytes are in flight, or fewer if negative. */
    void bytesInFlight(long change) {
        bytesInFlight.addAndGet(change);
    }

    /** Those of the binding's schema registry. */
    synchronized SchemaMetrics schemas() {
        if (schemas == null) {
            schemas = new SchemaMetrics(registry, common.and("direction", "output"));
        }
        return schemas;
    }

    /** Takes the meters away, so that a binding of the same name can bring its own. */
    synchronized void remove() {
        meters.forEach(registry::remove);
        Stream.of(stored, failed, unsupported).forEach(CallSeries::remove);
        if (schemas != null) {
            schemas.remove();
        }
    }
}
