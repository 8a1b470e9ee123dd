package io.sluice.core.bus;

import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.eventbus.EventBus;

/** Teaches an event bus the gateway's message types; once per Vert.x instance, before anything is deployed. */
public final class BusCodecs {
    private BusCodecs() {}

    /**
     * @throws IllegalStateException when the bus knows them already
     */
    public static void register(EventBus bus) {
        bus.registerDefaultCodec(InvokeBatch.class, new LocalCodec<>(InvokeBatch.class));
        bus.registerDefaultCodec(InvokeWithdrawal.class, new LocalCodec<>(InvokeWithdrawal.class));
        bus.registerDefaultCodec(OutcomeBatch.class, new LocalCodec<>(OutcomeBatch.class));
        bus.registerDefaultCodec(DeliveryBatch.class, new LocalCodec<>(DeliveryBatch.class));
        bus.registerDefaultCodec(SettlementBatch.class, new LocalCodec<>(SettlementBatch.class));
        bus.registerDefaultCodec(DeliveryGate.class, new LocalCodec<>(DeliveryGate.class));
        bus.registerDefaultCodec(
                InvokeRequest.class,
                new WireCodec<>(InvokeRequest.class, InvokeWire::writeRequest, InvokeWire::readRequest));
        bus.registerDefaultCodec(
                InvokeOutcome.Stored.class,
                new WireCodec<>(InvokeOutcome.Stored.class, InvokeWire::writeStored, InvokeWire::readStored));
    }
}
