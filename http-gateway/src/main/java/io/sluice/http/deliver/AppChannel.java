package io.sluice.http.deliver;

import io.sluice.core.message.Delivery;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** Brings the records of one binding to the app, in the app's protocol. Belongs to one context. */
interface AppChannel {
    /**
     * Delivers one record, once. Fails only because of a defect: whatever the app does is an answer.
     *
     * @param wanted asked again before the record is sent if it had to wait, and before it is sent once more
     */
    Future<AppAnswer> call(Delivery delivery, BooleanSupplier wanted);
}
