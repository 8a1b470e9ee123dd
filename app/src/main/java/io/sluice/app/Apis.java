package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.Api;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.HttpApi;
import io.sluice.http.grpc.GrpcApi;
import io.sluice.http.listen.Door;
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
        Api api = settings.api();
        return HttpApi.start(vertx, Wiring.http(settings, door, eventLoops), services)
                .recover(cause -> Future.failedFuture(
                        ListenFailure.of("--dapr-http-port", api.httpPort(), api.listenAddresses(), cause)))
                .onSuccess(http -> started.add("HTTP API", http::stop));
    }

    /** As {@link #startHttp()}. */
    Future<GrpcApi> startGrpc() {
        Api api = settings.api();
        return GrpcApi.start(vertx, Wiring.grpc(settings, door, eventLoops), services)
                .recover(cause -> Future.failedFuture(
                        ListenFailure.of("--dapr-grpc-port", api.grpcPort(), api.listenAddresses(), cause)))
                .onSuccess(grpc -> started.add("gRPC API", grpc::stop));
    }
}
