package io.sluice.kafka.consume.courier;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.kafka.schema.avro.AvroMismatch;
import io.sluice.kafka.schema.registry.LookupFailure;
import io.sluice.kafka.schema.registry.SchemaKey;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.sluice.kafka.schema.registry.WireFormat;
import io.sluice.kafka.schema.registry.WriterSchema;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of Avro on the way to another courier. The record itself, as it waits, fails or becomes a dead letter, keeps its
 * own bytes.
 *
 * <pre>{@code
 *   null ─────────────────────────────────────────────► as it is
 *   not framed ───────────────────────────────────────► as it is, with the header sluice-avro: raw
 *   framed ──► schema known ──► decodes ──────────────► JSON
 *                  ▲  │            └──► does not ─────► refused
 *                  │  └► not known ──► registry away ─► postponed
 *                  └──── looked up ◄──┘  └ has none ──► refused
 * }</pre>
 */
final class DecodingCourier implements Courier {
    private static final DeliveryResult NOT_WANTED = new Postponed("the partition may be another member's by now");

    private final Courier courier;
    private final SchemaRegistry registry;
    private final Context context;
    private boolean closed;

    private record Opened(Parcel parcel, Delivery delivery) implements Parcel {
        @Override
        public boolean isWanted() {
            return parcel.isWanted();
        }

        @Override
        public void ended(DeliveryResult result) {
            parcel.ended(result);
        }
    }

    /** To be called on the context that opens the courier. */
    DecodingCourier(Vertx vertx, Courier courier, SchemaRegistry registry) {
        this.courier = courier;
        this.registry = registry;
        this.context = vertx.getOrCreateContext();
    }

    @Override
    public Future<Void> open() {
        return courier.open();
    }

    @Override
    public void send(List<? extends Parcel> parcels) {
        var ready = new ArrayList<Parcel>(parcels.size());
        for (Parcel parcel : parcels) {
            Parcel opened = open(parcel);
            if (opened != null) {
                ready.add(opened);
            }
        }
        if (!ready.isEmpty()) {
            courier.send(ready);
        }
    }

    private @Nullable Parcel open(Parcel parcel) {
        Delivery delivery = parcel.delivery();
        byte[] value = delivery.value();
        if (value == null) {
            return parcel;
        }
        if (!WireFormat.isFramed(value)) {
            return new Opened(parcel, DecodedDelivery.raw(delivery));
        }
        var key = new SchemaKey.Id(WireFormat.schemaId(value));
        WriterSchema schema = registry.known(key);
        if (schema == null) {
            // It may come on any thread.
            registry.find(key).onComplete(found -> context.runOnContext(v -> answered(parcel, delivery, found)));
            return null;
        }
        return decode(parcel, delivery, schema);
    }

    private void answered(Parcel parcel, Delivery delivery, AsyncResult<WriterSchema> found) {
        if (closed) {
            return;
        }
        if (found.failed()) {
            LookupFailure failure = LookupFailure.of(found.cause());
            parcel.ended(failure.isOutOfReach() ? new Postponed(failure.detail()) : new Refused(0, failure.detail()));
            return;
        }
        Parcel opened = decode(parcel, delivery, found.result());
        if (opened == null) {
            return;
        }
        if (parcel.isWanted()) {
            courier.send(List.of(opened));
        } else {
            parcel.ended(NOT_WANTED);
        }
    }

    private @Nullable Parcel decode(Parcel parcel, Delivery delivery, WriterSchema schema) {
        try {
            return new Opened(parcel, DecodedDelivery.of(delivery, schema));
        } catch (AvroMismatch mismatch) {
            String reason = "the value is no data of schema " + schema.id() + ": " + mismatch.getMessage();
            context.runOnContext(v -> refuse(parcel, reason));
            return null;
        }
    }

    private void refuse(Parcel parcel, String reason) {
        if (!closed) {
            parcel.ended(new Refused(0, reason));
        }
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return courier.close();
    }
}
