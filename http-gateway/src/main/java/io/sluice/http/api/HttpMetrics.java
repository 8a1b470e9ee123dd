package io.sluice.http.api;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Dapr's server metrics of one gateway. Their labels come from the table of routes and never from what clients send, so
 * their number is bounded.
 */
final class HttpMetrics {
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final String appId;

    HttpMetrics(MeterRegistry registry, String appId) {
        this.registry = registry;
        this.appId = appId;
    }

    RouteMeters of(Route route) {
        return new RouteMeters(registry, appId, route.method().name(), route.template());
    }

    /** The meters of everything that is not served. */
    RouteMeters ofUnknown() {
        return new RouteMeters(registry, appId, OTHER, OTHER);
    }
}
