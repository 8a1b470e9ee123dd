package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.client.BindingClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An app that speaks HTTP. */
final class HttpLink implements AppLink {
    /** Questions to the app are few; they must not wait behind records. */
    private static final int PROBE_CONNECTIONS = 32;

    /** A body is read for the connection's sake, or for the few bytes of a fan-out. */
    private static final HttpAppChannel.Patience PATIENCE =
            new HttpAppChannel.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Vertx vertx;
    private final AppChannelSettings settings;
    private final AppMetrics metrics;
    private final AppConnections calls;
    private final AppConnections asking;

    HttpLink(Vertx vertx, AppChannelSettings settings, AppMetrics metrics, CallLimiter limiter) {
        this.vertx = vertx;
        this.settings = settings;
        this.metrics = metrics;
        this.calls = AppConnections.open(vertx, settings, limiter.most(), limiter::appTakes);
        this.asking = AppConnections.open(vertx, settings, PROBE_CONNECTIONS, limiter::appTakes);
    }

    @Override
    public AppChannel channel(KafkaBinding binding) {
        var head = new DeliveryHead(binding, settings.appToken(), metrics.excludedHeaders(binding.name()));
        return new HttpAppChannel(vertx, calls, head, binding, PATIENCE, metrics.of(head.path()));
    }

    @Override
    public @Nullable FanOut fanOut(KafkaBinding binding) {
        return binding.delivery().fanOut()
                ? new FanOut(binding.name(), new BindingClient(vertx), FanOutOrder::parse)
                : null;
    }

    @Override
    public AppQuestions questions() {
        return new HttpQuestions(new AppProbe(vertx, asking, settings.appToken()), settings.probeTimeout());
    }

    @Override
    public AppMetrics metrics() {
        return metrics;
    }

    @Override
    public Future<Void> close() {
        return calls.close().eventually(asking::close);
    }
}
