package io.sluice.http.api;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.http.LatencyBuckets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dapr's server metrics of one gateway. Their labels come from the table of routes and never from what clients send, so
 * their number is bounded.
 *
 * <p>Safe for use from any thread.
 */
final class HttpMetrics {
    private static final String OTHER = "other";

    /** Dapr's buckets, in bytes. */
    private static final double[] BYTES = {
        0x1p10, 0x1p11, 0x1p12, 0x1p14, 0x1p16, 0x1p18, 0x1p20, 0x1p22, 0x1p24, 0x1p26, 0x1p28, 0x1p30, 0x1p32
    };

    private final MeterRegistry registry;
    private final String appId;
    private final Map<Tags, Meters> meters = new ConcurrentHashMap<>();

    /** What is recorded of each answer: the latency in milliseconds and two lengths. */
    record Meters(DistributionSummary latency, DistributionSummary requestBytes, DistributionSummary responseBytes) {}

    HttpMetrics(MeterRegistry registry, String appId) {
        this.registry = registry;
        this.appId = appId;
    }

    RouteMeters of(Route route) {
        return new RouteMeters(this, route.method().name(), route.template());
    }

    /** The meters of everything that is not served. */
    RouteMeters ofUnknown() {
        return new RouteMeters(this, OTHER, OTHER);
    }

    /** The meters of a route and a status, registered when they are asked for first. */
    Meters meters(String method, String path, int status) {
        var tags = Tags.of("app_id", appId, "method", method, "path", path, "status", String.valueOf(status));
        return meters.computeIfAbsent(tags, this::register);
    }

    private Meters register(Tags tags) {
        var latency = DistributionSummary.builder("dapr_http_server_latency")
                .description("Milliseconds from the arrival of a request to its answer")
                .tags(tags)
                .serviceLevelObjectives(LatencyBuckets.millis())
                .register(registry);
        // Requests and responses are counted by the latency's own count: two updates less per request.
        count("dapr_http_server_request_count", "Requests that were answered", tags, latency);
        count("dapr_http_server_response_count", "Answers", tags, latency);
        return new Meters(
                latency,
                bytes("dapr_http_server_request_bytes", "Length of requests' bodies", tags),
                bytes("dapr_http_server_response_bytes", "Length of answers' bodies", tags));
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
                .serviceLevelObjectives(BYTES)
                .register(registry);
    }
}
