package io.sluice.kafka.consume.courier;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.DeliveryGate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Follows whether the app takes the records of a binding. Belongs to the context that opened it. */
public final class Gate {
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final Vertx vertx;
    private final String binding;
    private final boolean guarded;
    private final Runnable changed;
    private @Nullable MessageConsumer<DeliveryGate> states;
    private boolean open;
    private String reason;

    /** @param reason why it is closed as long as nothing else is heard */
    Gate(Vertx vertx, String binding, boolean guarded, String reason, Runnable changed) {
        this.vertx = vertx;
        this.binding = binding;
        this.guarded = guarded;
        this.reason = reason;
        this.changed = changed;
    }

    /** Listens, and asks how things are: whoever publishes the states may have started earlier. */
    public Future<Void> open() {
        if (!guarded) {
            become(true, "");
            return Future.succeededFuture();
        }
        states = vertx.eventBus().localConsumer(Addresses.deliveryGate(binding), message -> heard(message.body()));
        return states.completion()
                .onSuccess(v -> vertx.eventBus().publish(Addresses.deliveryGateAsked(), binding, LOCAL));
    }

    private void heard(DeliveryGate state) {
        become(state.open(), state.reason());
    }

    private void become(boolean nowOpen, String why) {
        boolean news = nowOpen != open || !why.equals(reason);
        open = nowOpen;
        reason = why;
        if (news) {
            changed.run();
        }
    }

    public boolean isOpen() {
        return open;
    }

    /** Why it is closed, empty when it is open. */
    public String reason() {
        return reason;
    }

    public Future<Void> close() {
        return states == null ? Future.succeededFuture() : states.unregister();
    }
}
