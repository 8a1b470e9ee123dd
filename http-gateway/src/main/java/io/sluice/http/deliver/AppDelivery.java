package io.sluice.http.deliver;

import io.sluice.http.api.ApiServices;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Delivers the records of input bindings to the user's app.
 *
 * <p>It serves {@link io.sluice.core.bus.Addresses#deliver} of every input binding of the catalog whose records are for
 * the app, and publishes on {@link io.sluice.core.bus.Addresses#deliveryGate} whether the app takes them. A message on
 * {@link io.sluice.core.bus.Addresses#catalogChanged} makes it look at the catalog again.
 *
 * <p>Safe for use from any thread.
 */
public final class AppDelivery {
    private final Vertx vertx;
    private final DeliveryVerticle verticle;
    private final String deployment;

    private AppDelivery(Vertx vertx, DeliveryVerticle verticle, String deployment) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.deployment = deployment;
    }

    /**
     * Starts delivering; does not wait for the app. {@link io.sluice.core.bus.BusCodecs} must be registered before.
     *
     * @return done when the bindings are served; the app's state is the health target {@code app}
     */
    public static Future<AppDelivery> start(Vertx vertx, AppChannelSettings settings, ApiServices services) {
        var verticle = new DeliveryVerticle(settings, services);
        return vertx.deployVerticle(verticle).map(id -> new AppDelivery(vertx, verticle, id));
    }

    /** Where all deliveries are made: whoever has records for the app may want to be there too. */
    public Context context() {
        return verticle.context();
    }

    /** Stops at once: what is in flight is answered as unreachable. Whoever consumes is to be drained before. */
    public Future<Void> stop() {
        return vertx.undeploy(deployment);
    }
}
