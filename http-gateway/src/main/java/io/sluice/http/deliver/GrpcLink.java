package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.client.BindingClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** An app that speaks gRPC. */
final class GrpcLink implements AppLink {
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final AppChannelSettings settings;
    private final AppMetrics metrics;
    private final GrpcConnection calls;
    /** Questions must not wait behind records. */
    private final GrpcConnection asking;

    GrpcLink(Vertx vertx, AppChannelSettings settings, AppMetrics metrics, CallLimiter limiter) {
        this.vertx = vertx;
        this.settings = settings;
        this.metrics = metrics;
        this.calls = new GrpcConnection(vertx, settings, PING_TIMEOUT, limiter::appTakes);
        this.asking = new GrpcConnection(vertx, settings, PING_TIMEOUT, limiter::appTakes);
    }

    @Override
    public AppChannel channel(KafkaBinding binding) {
        return new GrpcAppChannel(
                vertx,
                calls,
                binding,
                CHECK_AFTER,
                metrics.of(GrpcAppChannel.PATH),
                metrics.excludedHeaders(binding.name()));
    }

    /** As in Dapr, an app that speaks gRPC is always followed: its answers have a field for nothing else. */
    @Override
    public FanOut fanOut(KafkaBinding binding) {
        return new FanOut(binding.name(), new BindingClient(vertx), FanOutOrder::parseMessage);
    }

    @Override
    public AppQuestions questions() {
        return new GrpcQuestions(asking, settings.probeTimeout());
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
