package io.sluice.http.deliver;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.DeliveryGate;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which bindings the app takes records of, published whenever that changes. Belongs to one context. */
final class Gates {
    private static final DeliveryGate UNKNOWN = new DeliveryGate("", false, "the binding is not served");

    private final EventBus bus;
    private final DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    private final Map<String, DeliveryGate> gates = new LinkedHashMap<>();

    Gates(EventBus bus) {
        this.bus = bus;
    }

    void open(String binding) {
        change(new DeliveryGate(binding, true, ""));
    }

    /** @param reason in words for an operator */
    void close(String binding, String reason) {
        change(new DeliveryGate(binding, false, reason));
    }

    /** The binding is served no more. */
    void remove(String binding) {
        close(binding, UNKNOWN.reason());
        gates.remove(binding);
    }

    DeliveryGate of(String binding) {
        return gates.getOrDefault(binding, UNKNOWN);
    }

    /** Whoever begins to follow the binding's gate hears how it is. */
    void publishAgain(String binding) {
        DeliveryGate gate = gates.get(binding);
        if (gate != null) {
            publish(gate);
        }
    }

    private void change(DeliveryGate gate) {
        if (!gate.equals(gates.put(gate.binding(), gate))) {
            publish(gate);
        }
    }

    private void publish(DeliveryGate gate) {
        bus.publish(Addresses.deliveryGate(gate.binding()), gate, local);
    }
}
