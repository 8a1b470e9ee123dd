package io.sluice.http.api;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one route, each looked up once per status.
 *
 * <p>One per event loop; the meters behind it are those of the registry, which all event loops share.
 */
final class RouteMeters {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STATUSES = 600;

    /** Dapr's buckets, in milliseconds. */
    private static final double[] LATENCY_BUCKETS = {
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800,
        1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000
    };

    private final MeterRegistry registry;
    private final String appId;
    private final String method;
    private final String path;
    private final @Nullable Meters[] byStatus = new Meters[STATUSES];

    private record Meters(
            DistributionSummary latency, DistributionSummary requestBytes, DistributionSummary responseBytes) {}

    RouteMeters(MeterRegistry registry, String appId, String method, String path) {
        this.registry = registry;
        this.appId = appId;
        this.method = method;
        this.path = path;
    }

    String path() {
        return path;
    }

    void answered(int status, long nanos, long requestBytes, long responseBytes) {
        var meters = byStatus[status];
        if (meters == null) {
            meters = register(status);
            byStatus[status] = meters;
        }
        meters.latency().record(nanos / NANOS_PER_MILLI);
        meters.requestBytes().record(requestBytes);
        meters.responseBytes().record(responseBytes);
    }

    private Meters register(int status) {
        var tags = Tags.of("app_id", appId, "method", method, "path", path, "status", String.valueOf(status));
        var latency = DistributionSummary.builder("dapr_http_server_latency")
                .description("Milliseconds from the arrival of a request to its answer")
                .tags(tags)
                .serviceLevelObjectives(LATENCY_BUCKETS)
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
                .register(registry);
    }
}
