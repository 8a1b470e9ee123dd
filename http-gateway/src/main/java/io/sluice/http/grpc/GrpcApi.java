package io.sluice.http.grpc;

import io.sluice.http.api.ApiServices;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The gRPC API of one gateway, serving on several event loops.
 *
 * <p>Safe for use from any thread.
 */
public final class GrpcApi {
    private final Vertx vertx;
    private final String deployment;
    private final ListenAddress at;
    private final Queue<GrpcApiVerticle> verticles;
    private final int port;

    private GrpcApi(Vertx vertx, String deployment, ListenAddress at, Queue<GrpcApiVerticle> verticles) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.at = at;
        this.verticles = verticles;
        this.port = verticles.element().port();
    }

    /**
     * Opens the listeners. {@link io.sluice.core.bus.BusCodecs} must be registered before.
     *
     * @param services those of the HTTP API, so that both tell the same metadata
     * @return the API once every listener accepts calls; fails, with nothing left open, when an address cannot be bound
     *     ({@link java.net.BindException})
     */
    public static Future<GrpcApi> start(Vertx vertx, GrpcApiSettings settings, ApiServices services) {
        return start(vertx, GrpcState.of(settings, services));
    }

    static Future<GrpcApi> start(Vertx vertx, GrpcState state) {
        var at = state.settings().at().shared();
        Queue<GrpcApiVerticle> verticles = new ConcurrentLinkedQueue<>();
        var options = new DeploymentOptions().setInstances(state.settings().instances());
        return at.prepare(vertx)
                .compose(prepared -> vertx.deployVerticle(
                        () -> {
                            var verticle = new GrpcApiVerticle(state, at);
                            verticles.add(verticle);
                            return verticle;
                        },
                        options))
                .map(deployment -> new GrpcApi(vertx, deployment, at, verticles));
    }

    /** The port that is listened on, the same on every address; -1 on a Unix domain socket. */
    public int port() {
        return port;
    }

    /** As {@link #stop()}, within {@code limit}: calls that take longer are cut off. */
    public Future<Void> stop(Duration limit) {
        // The rest is for cutting them off.
        verticles.forEach(verticle -> verticle.stopWithin(limit.multipliedBy(4).dividedBy(5)));
        return stop();
    }

    /** Stops accepting, lets calls that are in progress end within their deadline, and closes. */
    public Future<Void> stop() {
        return vertx.undeploy(deployment).eventually(() -> at.cleanUp(vertx));
    }
}
