package io.sluice.http.api;

import io.sluice.http.invoke.InvokeDispatcher;
import io.sluice.http.listen.Listeners;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the HTTP API. */
final class HttpApiVerticle extends VerticleBase {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final Duration MIN_IDLE = Duration.ofMinutes(5);
    private static final int IDLE_DEADLINES = 10;
    private static final int MAX_STREAMS_PER_CONNECTION = 1000;

    /** A client resets the requests it has given up: all of them once a second is no flood. */
    private static final int MAX_RESETS_PER_SECOND = MAX_STREAMS_PER_CONNECTION;

    private final ApiState state;
    private final int port;
    private @Nullable Listeners listeners;
    private @Nullable InvokeDispatcher dispatcher;

    /** @param port as {@link Listeners#shared} gave it */
    HttpApiVerticle(ApiState state, int port) {
        this.state = state;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var settings = state.settings();
        var invokes = InvokeDispatcher.open(vertx, settings.requestDeadline());
        dispatcher = invokes;
        var exchanges = new Exchanges(vertx, state.bytesInFlight(), settings.requestDeadline());
        listeners = new Listeners(vertx, options(), settings.door().tls());
        return listeners.open(
                settings.listenAddresses(),
                port,
                new FrontDoor(vertx, state, exchanges, new Endpoints(vertx.eventBus(), state, invokes)));
    }

    @Override
    public Future<?> stop() {
        Future<?> closed = listeners == null
                ? Future.succeededFuture()
                : listeners.shutdown(state.settings().requestDeadline());
        return closed.eventually(() -> dispatcher == null ? Future.succeededFuture() : dispatcher.close());
    }

    /** The port that was bound. */
    int port() {
        return listeners == null ? port : listeners.port();
    }

    private HttpServerOptions options() {
        var deadline = state.settings().requestDeadline();
        var idle = deadline.multipliedBy(IDLE_DEADLINES);
        return new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(MAX_HEAD_BYTES)
                        .setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION))
                .setHttp2RstFloodWindowDuration(1)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS_PER_SECOND)
                // Far above the deadline: only a connection without any request is idle.
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(Math.toIntExact((idle.compareTo(MIN_IDLE) > 0 ? idle : MIN_IDLE).toSeconds()));
    }
}
