package io.sluice.http.grpc;

import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.grpc.common.GrpcStatus;
import java.util.EnumMap;
import java.util.Map;

/** The meters of one method on one event loop, each looked up once per status. */
final class MethodMeters {
    private static final double NANOS_PER_MILLI = 1e6;

    private final GrpcMetrics metrics;
    private final String method;
    private final Map<GrpcStatus, DistributionSummary> latencies = new EnumMap<>(GrpcStatus.class);

    MethodMeters(GrpcMetrics metrics, String method) {
        this.metrics = metrics;
        this.method = method;
    }

    String method() {
        return method;
    }

    void completed(GrpcStatus status, long nanos) {
        latencies
                .computeIfAbsent(status, first -> metrics.latency(method, first))
                .record(nanos / NANOS_PER_MILLI);
    }
}
