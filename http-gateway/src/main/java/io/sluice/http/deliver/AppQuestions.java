package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.http.deliver.AppChannelSettings.HealthCheck;
import io.vertx.core.Future;

/** What the app is asked beside its records, in its own protocol. Belongs to one context. */
interface AppQuestions {
    /** Whether the app wants the records of a binding. Never fails, and is answered in bounded time. */
    Future<Subscription> subscription(KafkaBinding binding);

    /** What the app has to do so that {@link #subscription} is clear, in words for an operator. */
    String remedy(KafkaBinding binding);

    /** Whether the app can be given records. Never fails, and is answered in bounded time. */
    Future<Pulse> pulse(HealthCheck check);

    /** To be called when the app has become healthy for the first time. */
    default void onFirstHealthy() {}
}
