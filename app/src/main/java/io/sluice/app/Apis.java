package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.HttpApi;
import io.sluice.http.grpc.GrpcApi;
import io.sluice.http.listen.Door;
import io.sluice.http.listen.PublicPortException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Starts the APIs, which share their services, and notes how to stop them. */
final class Apis {
    private final Vertx vertx;
    private final Settings settings;
    private final ApiServices services;
    private final Door door;
    private final Started started;
    private final int eventLoops;

    Apis(Vertx vertx, Settings settings, ApiServices services, Door door, Started started, int eventLoops) {
        this.vertx = vertx;
        this.settings = settings;
        this.services = services;
        this.door = door;
        this.started = started;
        this.eventLoops = eventLoops;
    }

    /** Fails with a {@link StartFailure} that names the flag when the port cannot be had. */
    Future<HttpApi> startHttp() {
        var http = Wiring.http(settings, door, eventLoops);
        return HttpApi.start(vertx, http, services)
                .recover(cause -> Future.failedFuture(
                        cause instanceof PublicPortException && http.publicAt() != null
                                ? ListenFailure.of("--dapr-public-port", http.publicAt(), cause)
                                : ListenFailure.of("--dapr-http-port", http.at(), cause)))
                .onSuccess(api -> started.addTimed("HTTP API", api::stop));
    }

    /** As {@link #startHttp()}. */
    Future<GrpcApi> startGrpc() {
        var grpc = Wiring.grpc(settings, door, eventLoops);
        return GrpcApi.start(vertx, grpc, services)
                .recover(cause -> Future.failedFuture(ListenFailure.of("--dapr-grpc-port", grpc.at(), cause)))
                .onSuccess(api -> started.addTimed("gRPC API", api::stop));
    }
}
