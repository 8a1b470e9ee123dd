package io.sluice.http.api;

import org.jspecify.annotations.Nullable;

/** The meters of one route, each looked up once per status. Belongs to one event loop. */
final class RouteMeters {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STATUSES = 600;

    private final HttpMetrics metrics;
    private final String method;
    private final String path;
    private final HttpMetrics.@Nullable Meters[] byStatus = new HttpMetrics.Meters[STATUSES];

    RouteMeters(HttpMetrics metrics, String method, String path) {
        this.metrics = metrics;
        this.method = method;
        this.path = path;
    }

    String path() {
        return path;
    }

    void answered(int status, long nanos, long requestBytes, long responseBytes) {
        var meters = byStatus[status];
        if (meters == null) {
            meters = metrics.meters(method, path, status);
            byStatus[status] = meters;
        }
        meters.latency().record(nanos / NANOS_PER_MILLI);
        meters.requestBytes().record(requestBytes);
        meters.responseBytes().record(responseBytes);
    }
}
