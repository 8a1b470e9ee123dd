package io.sluice.kafka.consume.courier;

import io.vertx.core.Future;
import java.util.List;

/** Brings records to whoever takes them. Belongs to the context that opened it; its parcels end there, and not at once. */
public interface Courier {

    Future<Void> open();

    /** Delivers side by side; each parcel ends as soon as its own result is known. */
    void send(List<? extends Parcel> parcels);

    /** No more results come after this; what is in flight stays without one. */
    Future<Void> close();
}
