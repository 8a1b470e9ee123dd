package io.sluice.http.api;

import io.sluice.http.listen.Listeners;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
    private final int port;

    private HttpApi(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
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
        int port = Listeners.shared(state.settings().port());
        Queue<HttpApiVerticle> verticles = new ConcurrentLinkedQueue<>();
        var options = new DeploymentOptions().setInstances(state.settings().instances());
        return vertx.deployVerticle(
                        () -> {
                            var verticle = new HttpApiVerticle(state, port);
                            verticles.add(verticle);
                            return verticle;
                        },
                        options)
                .map(deployment ->
                        new HttpApi(vertx, deployment, verticles.element().port()));
    }

    /** The port that is listened on, the same on every address. */
    public int port() {
        return port;
    }

    /** Stops accepting, lets requests that are in progress end within their deadline, and closes. */
    public Future<Void> stop() {
        return vertx.undeploy(deployment);
    }
}
