package io.sluice.kafka.consume.courier;

import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** Chooses who gets a binding's records. */
public final class Couriers {
    private static final String NOT_ASKED = "the app was not asked yet whether it takes this binding";
    /** Why bindings that are for the app do not consume without one, and what helps. */
    public static final String NO_APP =
            "the app has no port: set --app-port, or delivery: eventbus for a program on the event bus; for a program"
                    + " that only produces, direction: output, or scopes that leave it out";

    private final Vertx vertx;
    private final boolean appHasPort;
    private volatile @Nullable Context app;

    /** @param appHasPort whether there is an app to deliver to */
    public Couriers(Vertx vertx, boolean appHasPort) {
        this.vertx = vertx;
        this.appHasPort = appHasPort;
    }

    /** Whoever talks to the app does it on this context. */
    public void appIsReachedFrom(Context context) {
        app = context;
    }

    /**
     * Where the consumers of a binding are at home: on the event loop that talks to the app, so that a record changes no
     * thread between the two; one that has to decode its records keeps an event loop of its own for that.
     *
     * @param own a context that nobody else uses
     */
    public Context home(KafkaBinding binding, Context own) {
        Context besides = app;
        boolean decodes = binding.schema().valueSchemaType() != ValueSchemaType.NONE;
        return besides == null || decodes || !toApp(binding) ? own : besides;
    }

    public boolean toApp(KafkaBinding binding) {
        return binding.delivery().target() == Target.APP;
    }

    /** Who gets the records of the binding, for people to read. */
    public String recipient(KafkaBinding binding) {
        return toApp(binding) ? "the app" : "the program on the event bus";
    }

    /**
     * To be called on the context that opens the courier.
     *
     * @param registry the schemas to decode values with, null to deliver them as they are
     * @param excluded is run for each header of a record that stays behind
     */
    public Courier courier(KafkaBinding binding, @Nullable SchemaRegistry registry, Runnable excluded) {
        Courier courier = courier(binding, excluded);
        return registry == null ? courier : new DecodingCourier(vertx, courier, registry);
    }

    private Courier courier(KafkaBinding binding, Runnable excluded) {
        return toApp(binding) ? new AppCourier(vertx, binding.name()) : new EventBusCourier(vertx, binding, excluded);
    }

    /** Whether the binding's records are for an app that is not there: they are left to other members of the group. */
    public boolean lacksApp(KafkaBinding binding) {
        return toApp(binding) && !appHasPort;
    }

    /** Whether the binding's records may be delivered: never without an app to deliver to, to the event bus always. */
    public Gate gate(KafkaBinding binding, Runnable changed) {
        return new Gate(vertx, binding.name(), toApp(binding), lacksApp(binding) ? NO_APP : NOT_ASKED, changed);
    }
}
