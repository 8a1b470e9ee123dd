package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.client.BindingClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import org.jspecify.annotations.Nullable;

/** An app that speaks HTTP. */
final class HttpLink implements AppLink {
    /** Questions to the app are few; they must not wait behind records. */
    private static final int PROBE_CONNECTIONS = 32;

    private final Vertx vertx;
    private final AppChannelSettings settings;
    private final AppMetrics metrics;
    private final AppConnections calls;
    private final HttpClient asking;

    HttpLink(Vertx vertx, AppChannelSettings settings, AppMetrics metrics, int limit) {
        this.vertx = vertx;
        this.settings = settings;
        this.metrics = metrics;
        this.calls = AppConnections.open(vertx, settings, limit);
        this.asking = vertx.createHttpClient(
                AppConnections.options(settings),
                new PoolOptions().setHttp1MaxSize(PROBE_CONNECTIONS).setHttp2MaxSize(PROBE_CONNECTIONS));
    }

    @Override
    public AppChannel channel(KafkaBinding binding) {
        var head = new DeliveryHead(binding, settings.appToken());
        return new HttpAppChannel(vertx, calls, head, binding, metrics.of(head.path()));
    }

    @Override
    public @Nullable FanOut fanOut(KafkaBinding binding) {
        return binding.delivery().fanOut()
                ? new FanOut(binding.name(), new BindingClient(vertx), FanOutOrder::parse)
                : null;
    }

    @Override
    public AppQuestions questions() {
        return new HttpQuestions(new AppProbe(asking, settings.appToken()), settings.probeTimeout());
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
