package io.sluice.kafka.consume.courier;

import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.KafkaBinding;
import io.vertx.core.Vertx;

/** Chooses who gets a binding's records. */
public final class Couriers {
    private final Vertx vertx;
    private final boolean appHasPort;

    /** @param appHasPort whether there is an app to deliver to when a binding does not say who gets its records */
    public Couriers(Vertx vertx, boolean appHasPort) {
        this.vertx = vertx;
        this.appHasPort = appHasPort;
    }

    public boolean toApp(KafkaBinding binding) {
        Target target = binding.delivery().target();
        return target == null ? appHasPort : target == Target.APP;
    }

    public Courier courier(KafkaBinding binding) {
        return toApp(binding)
                ? new AppCourier(vertx, binding.name())
                : new EventBusCourier(vertx, binding.name(), binding.delivery().timeout());
    }

    /** Whether the binding's records may be delivered; for the event bus always. */
    public Gate gate(KafkaBinding binding, Runnable changed) {
        return new Gate(vertx, binding.name(), toApp(binding), changed);
    }
}
