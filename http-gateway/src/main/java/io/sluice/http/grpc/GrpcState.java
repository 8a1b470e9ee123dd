package io.sluice.http.grpc;

import io.sluice.http.api.ApiServices;

/** What the event loops of one API have in common. */
record GrpcState(GrpcApiSettings settings, ApiServices services, GrpcMetrics metrics) {

    static GrpcState of(GrpcApiSettings settings, ApiServices services) {
        return new GrpcState(
                settings,
                services,
                new GrpcMetrics(services.meters(), services.info().appId()));
    }
}
