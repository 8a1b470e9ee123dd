package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.bus.Addresses;
import io.sluice.http.FileHandles;
import io.sluice.http.api.ApiServices;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything between the event bus and the app, on one event loop: the limit over all bindings, the app's health and the
 * connections need no locks that way.
 */
final class DeliveryVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(DeliveryVerticle.class);
    private static final long SUSPECT_ALONE_MILLIS = 5_000;

    private final AppChannelSettings settings;
    private final ApiServices services;
    private @Nullable Parts parts;

    /** What the verticle holds while it runs. */
    private record Parts(
            AppLink app, AppHealth health, AppBindings bindings, Suspects suspects, List<MessageConsumer<?>> asks) {

        Future<Void> close() {
            health.stop();
            return Future.join(asks.stream().map(MessageConsumer::unregister).toList())
                    .eventually(bindings::close)
                    .eventually(() -> {
                        suspects.close();
                        return app.close();
                    })
                    .mapEmpty();
        }
    }

    DeliveryVerticle(AppChannelSettings settings, ApiServices services) {
        this.settings = settings;
        this.services = services;
    }

    @Override
    public Future<?> start() {
        var limiter = new CallLimiter(limit());
        var app = AppLink.open(vertx, settings, services, limiter);
        var questions = app.questions();
        var gates = new Gates(vertx.eventBus());
        var suspects = new Suspects(vertx, SUSPECT_ALONE_MILLIS, new Occasionally());
        var shared = new BindingDelivery.Shared(
                vertx.eventBus(), limiter, suspects, new SettlementMail(vertx.eventBus(), context, limiter), gates);
        var bindings = new AppBindings(services.catalog(), binding -> open(binding, app, questions, shared));
        var health = new AppHealth(vertx, settings, questions, app.metrics(), services.health(), bindings);
        health.start();
        bindings.refresh(health.trouble());
        MessageConsumer<String> asks =
                vertx.eventBus().localConsumer(Addresses.deliveryGateAsked(), ask -> gates.publishAgain(ask.body()));
        MessageConsumer<Object> changes = vertx.eventBus()
                .localConsumer(Addresses.catalogChanged(), change -> bindings.refresh(health.trouble()));
        parts = new Parts(app, health, bindings, suspects, List.of(asks, changes));
        return Future.succeededFuture();
    }

    Context context() {
        return context;
    }

    @Override
    public Future<?> stop() {
        return parts == null ? Future.succeededFuture() : parts.close();
    }

    private BindingDelivery open(
            KafkaBinding binding, AppLink app, AppQuestions questions, BindingDelivery.Shared shared) {
        return BindingDelivery.open(
                binding,
                app.channel(binding),
                new SubscriptionProbe(
                        vertx,
                        binding,
                        questions,
                        shared.gates(),
                        services.health().startup(),
                        System::nanoTime),
                app.fanOut(binding),
                shared);
    }

    /** More than the connections that may be open would only wait for one. */
    private int limit() {
        int asked = settings.maxConcurrency();
        int most = AppConnections.most(FileHandles.left());
        if (most < (asked < 1 ? AppConnections.MAX : Math.min(asked, AppConnections.MAX))) {
            log.atWarn()
                    .addKeyValue("limit", most)
                    .log("fewer deliveries at a time than could be: a quarter of the open files that the system allows;"
                            + " raise the limit of open files (ulimit -n)");
        }
        return asked < 1 ? most : Math.min(asked, most);
    }
}
