package io.sluice.http.deliver;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.http.LatencyBuckets;
import java.util.HashMap;
import java.util.Map;

/**
 * Dapr's metrics of the calls of the app. Labels are routes of components and statuses, so their number is bounded.
 *
 * <p>Belongs to one context.
 */
final class AppMetrics {
    /** One more than the highest status of HTTP. */
    static final int STATUSES = 600;

    private static final String APP_ID = "app_id";
    private static final String STATUS = "status";

    private final MeterRegistry registry;
    private final String appId;
    private final Map<Tags, Call> calls = new HashMap<>();
    private final Map<Tags, DistributionSummary> probes = new HashMap<>();

    /** What is recorded of each call: the latency in milliseconds and two lengths. */
    record Call(DistributionSummary latency, DistributionSummary sent, DistributionSummary received) {}

    AppMetrics(MeterRegistry registry, String appId) {
        this.registry = registry;
        this.appId = appId;
    }

    /** The meters of deliveries to a path. */
    CallMeters of(String path) {
        return new CallMeters(this, path);
    }

    /** @param status an HTTP status, or 0 for calls without an answer */
    Call call(String path, int status) {
        var tags = Tags.of(APP_ID, appId, "method", "POST", "path", path, STATUS, String.valueOf(status));
        return calls.computeIfAbsent(tags, this::registerCall);
    }

    /** The latency of health probes, which counts them as well; an unknown status counts as no answer. */
    DistributionSummary probes(int status) {
        var tags = Tags.of(APP_ID, appId, STATUS, String.valueOf(status < STATUSES ? status : 0));
        return probes.computeIfAbsent(tags, this::registerProbes);
    }

    private Call registerCall(Tags tags) {
        var latency = latency("dapr_http_client_roundtrip_latency", "Milliseconds from a request to its answer", tags);
        count("dapr_http_client_completed_count", "Requests that ended", tags, latency);
        return new Call(
                latency,
                bytes("dapr_http_client_sent_bytes", "Length of requests' bodies", tags),
                bytes("dapr_http_client_received_bytes", "Length of answers' bodies", tags));
    }

    private DistributionSummary registerProbes(Tags tags) {
        var latency = latency("dapr_http_healthprobes_roundtrip_latency", "Milliseconds of a health probe", tags);
        count("dapr_http_healthprobes_completed_count", "Health probes that ended", tags, latency);
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
