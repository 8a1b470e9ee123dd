package io.sluice.http.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.http.LatencyBuckets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Dapr's metrics of the calls of the app. Labels are routes of components, or one method, and statuses, so their number is bounded.
 *
 * <p>Belongs to one context.
 */
final class AppMetrics {
    /** One more than the highest status of HTTP. */
    static final int STATUSES = 600;

    private static final String APP_ID = "app_id";

    private final MeterRegistry registry;
    private final String appId;
    private final String namespace;
    private final MeterWords words;
    private final Map<Tags, Call> calls = new HashMap<>();
    private final Map<Tags, DistributionSummary> probes = new HashMap<>();

    /** What is recorded of each call: the latency in milliseconds and two lengths. */
    record Call(DistributionSummary latency, DistributionSummary sent, DistributionSummary received) {}

    AppMetrics(MeterRegistry registry, String appId, @Nullable String namespace, MeterWords words) {
        this.registry = registry;
        this.appId = appId;
        this.namespace = Objects.requireNonNullElse(namespace, "");
        this.words = words;
    }

    /** @param target path or method of deliveries */
    CallMeters of(String target) {
        return new CallMeters(this, target);
    }

    /** Counts headers of a binding's records that stay behind; there from the first one on, as most bindings have none. */
    Runnable excludedHeaders(String binding) {
        var counter = new LazyCounter(() -> Counter.builder("sluice_input_excluded_headers")
                .description("Headers of records that were not delivered")
                .tags(APP_ID, appId, "component", binding, "namespace", namespace)
                .register(registry));
        return counter::increment;
    }

    /** @param status of the protocol, for HTTP 0 for calls without an answer */
    Call call(String target, int status) {
        var tags = Tags.of(APP_ID, appId).and(words.call(target, status));
        return calls.computeIfAbsent(tags, this::registerCall);
    }

    /** The latency of health probes, which counts them as well; an unknown status counts as no answer. */
    DistributionSummary probes(int status) {
        var tags = Tags.of(APP_ID, appId).and(words.probe(status < STATUSES ? status : 0));
        return probes.computeIfAbsent(tags, this::registerProbes);
    }

    private static final class LazyCounter {
        private final Supplier<Counter> maker;
        private @Nullable Counter counter;

        LazyCounter(Supplier<Counter> maker) {
            this.maker = maker;
        }

        private void increment() {
            if (counter == null) {
                counter = maker.get();
            }
            counter.increment();
        }
    }

    private Call registerCall(Tags tags) {
        var latency = latency(words.latency(), "Milliseconds from a request to its answer", tags);
        count(words.completed(), "Requests that ended", tags, latency);
        return new Call(
                latency,
                bytes(words.sent(), "Length of requests' bodies or messages", tags),
                bytes(words.received(), "Length of answers' bodies or messages", tags));
    }

    private DistributionSummary registerProbes(Tags tags) {
        var latency = latency(words.probeLatency(), "Milliseconds of a health probe", tags);
        count(words.probesCompleted(), "Health probes that ended", tags, latency);
        return latency;
    }

    private DistributionSummary latency(String name, String description, Tags tags) {
        return DistributionSummary.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(LatencyBuckets.millis())
                .register(registry);
    }

    private void count(String name, String description, Tags tags, DistributionSummary counted) {
        FunctionCounter.builder(name, counted, DistributionSummary::count)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private DistributionSummary bytes(String name, String description, Tags tags) {
        return DistributionSummary.builder(name)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
