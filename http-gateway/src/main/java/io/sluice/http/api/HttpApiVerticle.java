package io.sluice.http.api;

import io.sluice.http.invoke.CallMemory;
import io.sluice.http.invoke.InvokeDispatcher;
import io.sluice.http.listen.CallLog;
import io.sluice.http.listen.ListenAddress;
import io.sluice.http.listen.Listeners;
import io.sluice.http.listen.PublicPortException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the HTTP API. */
final class HttpApiVerticle extends VerticleBase {
    /** HTTP/2 counts 32 bytes more for each header than its name and value have. */
    private static final int HTTP2_OVERHEAD = 4096;

    private static final Duration MIN_IDLE = Duration.ofMinutes(5);
    private static final int IDLE_DEADLINES = 10;
    private static final int MAX_STREAMS_PER_CONNECTION = 1000;

    /** A client resets the requests it has given up: all of them once a second is no flood. */
    private static final int MAX_RESETS_PER_SECOND = MAX_STREAMS_PER_CONNECTION;

    private final ApiState state;
    private final ListenAddress at;
    private final @Nullable ListenAddress publicAt;
    private @Nullable Listeners listeners;
    private @Nullable Listeners publicListeners;
    private @Nullable InvokeDispatcher dispatcher;
    private volatile Duration patience;

    /**
     * @param at as {@link ListenAddress#shared} gave it
     * @param publicAt as {@link ListenAddress#shared} gave it, null for nowhere
     */
    HttpApiVerticle(ApiState state, ListenAddress at, @Nullable ListenAddress publicAt) {
        this.state = state;
        this.patience = state.settings().requestDeadline();
        this.at = at;
        this.publicAt = publicAt;
    }

    @Override
    public Future<?> start() {
        var settings = state.settings();
        var invokes = InvokeDispatcher.open(vertx, settings.requestDeadline());
        dispatcher = invokes;
        var exchanges = new Exchanges(vertx, services(settings), settings.requestDeadline());
        var endpoints = new Endpoints(vertx.eventBus(), state, invokes);
        listeners = new Listeners(vertx, options(), settings.door().tls());
        return listeners
                .open(at, new FrontDoor(vertx, state, exchanges, endpoints))
                .compose(listening -> openPublic(new PublicFrontDoor(state, exchanges, endpoints)));
    }

    private Future<?> openPublic(PublicFrontDoor door) {
        if (publicAt == null) {
            return Future.succeededFuture();
        }
        publicListeners = new Listeners(vertx, options(), null);
        Future<?> opened = publicListeners.open(publicAt, door);
        return opened.recover(cause -> Future.failedFuture(new PublicPortException(cause)));
    }

    private ExchangeServices services(HttpApiSettings settings) {
        return new ExchangeServices(
                new CallMemory(state.services().heap().calls(), "http"),
                new AnswerHeaders(new CrossOrigin(settings.origins())),
                settings.logsCalls() ? new CallLog() : null);
    }

    /** Waits no longer than {@code limit} for what is in progress when it is stopped. Safe for use from any thread. */
    void stopWithin(Duration limit) {
        if (limit.compareTo(patience) < 0) {
            patience = limit;
        }
    }

    @Override
    public Future<?> stop() {
        Future<?> closed = Future.join(shutdown(listeners), shutdown(publicListeners));
        return closed.eventually(() -> dispatcher == null ? Future.succeededFuture() : dispatcher.close());
    }

    private Future<?> shutdown(@Nullable Listeners opened) {
        return opened == null ? Future.succeededFuture() : opened.shutdown(patience);
    }

    /** The port that was bound, -1 for none. */
    int port() {
        return listeners == null || at.socket() != null ? -1 : listeners.port();
    }

    /** The public port that was bound, -1 for none. */
    int publicPort() {
        return publicListeners == null ? -1 : publicListeners.port();
    }

    private HttpServerOptions options() {
        var deadline = state.settings().requestDeadline();
        int head = state.settings().maxHeadSize();
        var idle = deadline.multipliedBy(IDLE_DEADLINES);
        return new HttpServerOptions()
                .setMaxHeaderSize(head)
                .setMaxInitialLineLength(head)
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(head + HTTP2_OVERHEAD)
                        .setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION))
                .setHttp2RstFloodWindowDuration(1)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS_PER_SECOND)
                // Far above the deadline: only a connection without any request is idle.
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(Math.toIntExact((idle.compareTo(MIN_IDLE) > 0 ? idle : MIN_IDLE).toSeconds()));
    }
}
