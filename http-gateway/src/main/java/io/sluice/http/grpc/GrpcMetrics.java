package io.sluice.http.grpc;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dapr's gRPC server metrics of one gateway. Their labels come from the methods that are served and never from what
 * clients send, so their number is bounded.
 *
 * <p>Safe for use from any thread.
 */
final class GrpcMetrics {
    private static final String OTHER = "other";

    /** Dapr's buckets, in milliseconds. */
    private static final double[] LATENCY_BUCKETS = {
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800,
        1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000
    };

    private final MeterRegistry registry;
    private final String appId;
    private final Map<Tags, DistributionSummary> latencies = new ConcurrentHashMap<>();

    GrpcMetrics(MeterRegistry registry, String appId) {
        this.registry = registry;
        this.appId = appId;
    }

    /** @param fullName of a method that is served */
    MethodMeters of(String fullName) {
        return new MethodMeters(this, "/" + fullName);
    }

    /** The meters of everything that is not served. */
    MethodMeters ofUnknown() {
        return new MethodMeters(this, OTHER);
    }

    /** Milliseconds of a method's calls with a status, registered when they are asked for first. */
    DistributionSummary latency(String method, GrpcStatus status) {
        var tags = Tags.of("app_id", appId, "grpc_server_method", method, "grpc_server_status", GoStatus.name(status));
        return latencies.computeIfAbsent(tags, this::register);
    }

    private DistributionSummary register(Tags tags) {
        var latency = DistributionSummary.builder("dapr_grpc_io_server_server_latency")
                .description("Milliseconds from the arrival of a call to its answer")
                .tags(tags)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
        FunctionCounter.builder("dapr_grpc_io_server_completed_rpcs", latency, DistributionSummary::count)
                .description("Calls that were answered, or given up by the client")
                .tags(tags)
                .register(registry);
        return latency;
    }
}
