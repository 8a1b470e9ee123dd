package io.sluice.kafka.consume.courier;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.DeliveryBatch;
import io.sluice.core.bus.SettlementBatch;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings records to the one who talks to the user's app: batches go out, results come back one by one. */
final class AppCourier implements Courier {
    private static final DeliveryResult NOBODY_THERE = new Unreachable("nobody talks to the app");

    private final Vertx vertx;
    private final String replyTo = Addresses.settlements(UUID.randomUUID().toString());
    private final MessageProducer<DeliveryBatch> app;
    private final Map<Long, Parcel> underway = new HashMap<>();
    private @Nullable MessageConsumer<SettlementBatch> results;
    private long lastId;

    AppCourier(Vertx vertx, String binding) {
        this.vertx = vertx;
        this.app = vertx.eventBus().sender(Addresses.deliver(binding), new DeliveryOptions().setLocalOnly(true));
    }

    @Override
    public Future<Void> open() {
        results = vertx.eventBus().localConsumer(replyTo, message -> end(message.body()));
        return results.completion();
    }

    @Override
    public void send(List<? extends Parcel> parcels) {
        long[] ids = new long[parcels.size()];
        Delivery[] deliveries = new Delivery[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ++lastId;
            deliveries[i] = parcels.get(i).delivery();
            underway.put(ids[i], parcels.get(i));
        }
        // A write fails at once when nobody serves the address; a sent message would be lost in silence.
        app.write(new DeliveryBatch(
                        replyTo, ids, deliveries, index -> parcels.get(index).isWanted()))
                .onFailure(cause -> {
                    for (long id : ids) {
                        end(id, NOBODY_THERE);
                    }
                });
    }

    private void end(SettlementBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            end(batch.id(i), batch.result(i));
        }
    }

    private void end(long id, DeliveryResult result) {
        Parcel parcel = underway.remove(id);
        if (parcel != null) {
            parcel.ended(result);
        }
    }

    @Override
    public Future<Void> close() {
        underway.clear();
        return app.close().eventually(() -> results == null ? Future.succeededFuture() : results.unregister());
    }
}
