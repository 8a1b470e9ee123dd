package io.sluice.http.grpc;

import io.sluice.http.api.ApiServices;

/**
 * What the event loops of one API have in common.
 *
 * @param bytesInFlight what the unanswered calls of one event loop may hold
 */
record GrpcState(GrpcApiSettings settings, ApiServices services, long bytesInFlight, GrpcMetrics metrics) {

    /** All unanswered calls together hold at most an eighth of the heap: HTTP and the producer's buffers need room too. */
    private static final long HEAP_SHARE = 8;

    static GrpcState of(GrpcApiSettings settings, ApiServices services) {
        return new GrpcState(
                settings,
                services,
                Runtime.getRuntime().maxMemory() / HEAP_SHARE / settings.instances(),
                new GrpcMetrics(services.meters(), services.info().appId()));
    }
}
