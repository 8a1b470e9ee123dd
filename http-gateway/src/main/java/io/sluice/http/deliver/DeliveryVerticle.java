package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.client.BindingClient;
import io.sluice.http.api.ApiServices;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the event bus and the app, on one event loop: the limit over all bindings, the app's health and the
 * connections need no locks that way.
 */
final class DeliveryVerticle extends VerticleBase {
    /** Questions to the app are few; they must not wait behind records. */
    private static final int PROBE_CONNECTIONS = 32;

    private final AppChannelSettings settings;
    private final ApiServices services;
    private @Nullable Parts parts;

    /** What the verticle holds while it runs. */
    private record Parts(
            AppConnections calls,
            HttpClient questions,
            AppHealth health,
            AppBindings bindings,
            MessageConsumer<Object> asks) {

        Future<Void> close() {
            health.stop();
            return Future.join(Stream.of(asks.unregister(), bindings.close()).toList())
                    .eventually(calls::close)
                    .eventually(questions::close)
                    .mapEmpty();
        }
    }

    DeliveryVerticle(AppChannelSettings settings, ApiServices services) {
        this.settings = settings;
        this.services = services;
    }

    @Override
    public Future<?> start() {
        int limit = limit();
        var calls = AppConnections.open(vertx, settings, limit);
        var questions = vertx.createHttpClient(
                AppConnections.options(settings),
                new PoolOptions().setHttp1MaxSize(PROBE_CONNECTIONS).setHttp2MaxSize(PROBE_CONNECTIONS));
        var probe = new AppProbe(questions, settings.appToken());
        var metrics = new AppMetrics(services.meters(), services.info().appId());
        var gates = new Gates(vertx.eventBus());
        var limiter = new CallLimiter(limit);
        var shared = new BindingDelivery.Shared(
                vertx.eventBus(), limiter, new SettlementMail(vertx.eventBus(), context, limiter), gates);
        var bindings = new AppBindings(services.catalog(), binding -> open(binding, calls, probe, metrics, shared));
        var health = new AppHealth(vertx, settings, probe, metrics, services.health(), bindings);
        health.start();
        bindings.refresh(health.trouble());
        MessageConsumer<Object> asks = vertx.eventBus().localConsumer(Gates.ASK, ask -> {
            bindings.refresh(health.trouble());
            gates.publishAll();
        });
        parts = new Parts(calls, questions, health, bindings, asks);
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
            KafkaBinding binding,
            AppConnections calls,
            AppProbe probe,
            AppMetrics metrics,
            BindingDelivery.Shared shared) {
        var head = new DeliveryHead(binding, settings.appToken());
        var fanOut = binding.delivery().fanOut() ? new FanOut(binding.name(), new BindingClient(vertx)) : null;
        return BindingDelivery.open(
                binding,
                new HttpAppChannel(vertx, calls, head, binding, metrics.of(head.path())),
                new SubscriptionProbe(vertx, binding, probe, settings.probeTimeout(), shared.gates()),
                fanOut,
                shared);
    }

    /** More than the connections that may be open would only wait for one. */
    private int limit() {
        int asked = settings.maxConcurrency();
        return asked < 1 ? AppConnections.MAX : Math.min(asked, AppConnections.MAX);
    }
}
