package io.sluice.http.deliver;

import org.jspecify.annotations.Nullable;

/** The meters of one path or method of the app, each looked up once per status. Belongs to one context. */
final class CallMeters {
    private static final double NANOS_PER_MILLI = 1e6;

    private final AppMetrics metrics;
    private final String target;
    private final AppMetrics.@Nullable Call[] byStatus = new AppMetrics.Call[AppMetrics.STATUSES];

    CallMeters(AppMetrics metrics, String target) {
        this.metrics = metrics;
        this.target = target;
    }

    /** @param status of the answer; one that no protocol knows counts as none */
    void completed(int status, long nanos, long sentBytes, long receivedBytes) {
        int known = status < AppMetrics.STATUSES ? status : 0;
        var meters = byStatus[known];
        if (meters == null) {
            meters = metrics.call(target, known);
            byStatus[known] = meters;
        }
        meters.latency().record(nanos / NANOS_PER_MILLI);
        meters.sent().record(sentBytes);
        meters.received().record(receivedBytes);
    }
}
