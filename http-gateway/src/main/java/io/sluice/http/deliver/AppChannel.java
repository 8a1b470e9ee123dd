package io.sluice.http.deliver;

import io.sluice.core.message.Delivery;
import io.vertx.core.Future;

/** Brings the records of one binding to the app, in the app's protocol. Belongs to one context. */
interface AppChannel {
    /** Delivers one record, once. Fails only because of a defect: whatever the app does is an answer. */
    Future<AppAnswer> call(Delivery delivery);
}
