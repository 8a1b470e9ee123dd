package io.sluice.http.api;

import io.sluice.http.listen.ListenAddress;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The HTTP API of one gateway, serving on several event loops.
 *
 * <p>Safe for use from any thread.
 */
public final class HttpApi {
    private final Vertx vertx;
    private final String deployment;
    private final ListenAddress at;
    private final Queue<HttpApiVerticle> verticles;
    private final int port;
    private final int publicPort;

    private HttpApi(Vertx vertx, String deployment, ListenAddress at, Queue<HttpApiVerticle> verticles) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.at = at;
        this.verticles = verticles;
        this.port = verticles.element().port();
        this.publicPort = verticles.element().publicPort();
    }

    /**
     * Opens the listeners. {@link io.sluice.core.bus.BusCodecs} must be registered before.
     *
     * @return the API once every listener accepts requests; fails, with nothing left open, when an address cannot be
     *     bound ({@link java.net.BindException})
     */
    public static Future<HttpApi> start(Vertx vertx, HttpApiSettings settings, ApiServices services) {
        return start(vertx, ApiState.of(settings, services));
    }

    static Future<HttpApi> start(Vertx vertx, ApiState state) {
        var at = state.settings().at().shared();
        var publicAt = state.settings().publicAt() == null
                ? null
                : state.settings().publicAt().shared();
        Queue<HttpApiVerticle> verticles = new ConcurrentLinkedQueue<>();
        var options = new DeploymentOptions().setInstances(state.settings().instances());
        return at.prepare(vertx)
                .compose(prepared -> vertx.deployVerticle(
                        () -> {
                            var verticle = new HttpApiVerticle(state, at, publicAt);
                            verticles.add(verticle);
                            return verticle;
                        },
                        options))
                .map(deployment -> new HttpApi(vertx, deployment, at, verticles));
    }

    /** The port that is listened on, the same on every address; -1 on a Unix domain socket. */
    public int port() {
        return port;
    }

    /** The port that serves health and metadata to all, -1 for none. */
    public int publicPort() {
        return publicPort;
    }

    /** As {@link #stop()}, within {@code limit}: requests that take longer are cut off. */
    public Future<Void> stop(Duration limit) {
        // The rest is for cutting them off.
        verticles.forEach(verticle -> verticle.stopWithin(limit.multipliedBy(4).dividedBy(5)));
        return stop();
    }

    /** Stops accepting, lets requests that are in progress end within their deadline, and closes. */
    public Future<Void> stop() {
        return vertx.undeploy(deployment).eventually(() -> at.cleanUp(vertx));
    }
}
