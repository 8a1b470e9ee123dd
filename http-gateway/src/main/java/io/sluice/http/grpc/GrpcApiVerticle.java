package io.sluice.http.grpc;

import io.sluice.http.invoke.InvokeDispatcher;
import io.sluice.http.listen.ListenAddress;
import io.sluice.http.listen.Listeners;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the gRPC API. */
final class GrpcApiVerticle extends VerticleBase {
    /** HTTP/2 counts 32 bytes more for each header than its name and value have. */
    private static final int HTTP2_OVERHEAD = 4096;

    private static final int MAX_CALLS_PER_CONNECTION = 1000;

    /** A client resets the calls whose deadline has passed: all of them once a second is no flood. */
    private static final int MAX_RESETS_PER_SECOND = MAX_CALLS_PER_CONNECTION;

    /** Clients keep their connection while they have nothing to say, and take its end for a failure. */
    private static final int IDLE_MINUTES = 60;

    private final GrpcState state;
    private final ListenAddress at;
    private @Nullable Listeners listeners;
    private @Nullable InvokeDispatcher dispatcher;
    private volatile Duration patience;

    /** @param at as {@link ListenAddress#shared} gave it */
    GrpcApiVerticle(GrpcState state, ListenAddress at) {
        this.state = state;
        this.patience = state.settings().deadline();
        this.at = at;
    }

    @Override
    public Future<?> start() {
        var settings = state.settings();
        var invokes = InvokeDispatcher.open(vertx, settings.deadline());
        dispatcher = invokes;
        var door = new GrpcFrontDoor(vertx, state, new GrpcCalls(vertx, state), Methods.all(state, invokes));
        listeners = new Listeners(vertx, options(), settings.door().tls());
        return listeners.open(at, door);
    }

    /** Waits no longer than {@code limit} for what is in progress when it is stopped. Safe for use from any thread. */
    void stopWithin(Duration limit) {
        if (limit.compareTo(patience) < 0) {
            patience = limit;
        }
    }

    @Override
    public Future<?> stop() {
        Future<?> closed = listeners == null ? Future.succeededFuture() : listeners.shutdown(patience);
        return closed.eventually(() -> dispatcher == null ? Future.succeededFuture() : dispatcher.close());
    }

    /** The port that was bound, -1 for none. */
    int port() {
        return listeners == null || at.socket() != null ? -1 : listeners.port();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(state.settings().maxHeadSize() + HTTP2_OVERHEAD)
                        .setMaxConcurrentStreams(MAX_CALLS_PER_CONNECTION))
                .setHttp2RstFloodWindowDuration(1)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS_PER_SECOND)
                .setIdleTimeoutUnit(TimeUnit.MINUTES)
                .setIdleTimeout(IDLE_MINUTES);
    }
}
