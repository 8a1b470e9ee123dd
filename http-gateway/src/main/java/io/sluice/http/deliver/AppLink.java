package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.http.api.ApiServices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** The way to the app in its own protocol. Belongs to one context. */
interface AppLink {
    /** @param limiter of the deliveries, which is told how many the app takes at a time */
    static AppLink open(Vertx vertx, AppChannelSettings settings, ApiServices services, CallLimiter limiter) {
        var appId = services.info().appId();
        var namespace = services.info().namespace();
        return settings.isGrpc()
                ? new GrpcLink(
                        vertx, settings, new AppMetrics(services.meters(), appId, namespace, MeterWords.GRPC), limiter)
                : new HttpLink(
                        vertx, settings, new AppMetrics(services.meters(), appId, namespace, MeterWords.HTTP), limiter);
    }

    AppChannel channel(KafkaBinding binding);

    /** Follows the app's answers to a binding's records; null when they are ignored. */
    @Nullable
    FanOut fanOut(KafkaBinding binding);

    AppQuestions questions();

    AppMetrics metrics();

    /** Breaks what is in flight. */
    Future<Void> close();
}
