package io.sluice.http.grpc;

import io.sluice.http.invoke.InvokeDispatcher;
import io.sluice.http.listen.Listeners;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the gRPC API. */
final class GrpcApiVerticle extends VerticleBase {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int MAX_CALLS_PER_CONNECTION = 1000;

    /** A client resets the calls whose deadline has passed: all of them once a second is no flood. */
    private static final int MAX_RESETS_PER_SECOND = MAX_CALLS_PER_CONNECTION;

    /** Clients keep their connection while they have nothing to say, and take its end for a failure. */
    private static final int IDLE_MINUTES = 60;

    private final GrpcState state;
    private final int port;
    private @Nullable Listeners listeners;
    private @Nullable InvokeDispatcher dispatcher;

    /** @param port as {@link Listeners#shared} gave it */
    GrpcApiVerticle(GrpcState state, int port) {
        this.state = state;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var settings = state.settings();
        var invokes = InvokeDispatcher.open(vertx, settings.deadline());
        dispatcher = invokes;
        var door = new GrpcFrontDoor(vertx, state, new GrpcCalls(vertx, state), Methods.all(state, invokes));
        listeners = new Listeners(vertx, options(), settings.door().tls());
        return listeners.open(settings.listenAddresses(), port, door);
    }

    @Override
    public Future<?> stop() {
        Future<?> closed = listeners == null
                ? Future.succeededFuture()
                : listeners.shutdown(state.settings().deadline());
        return closed.eventually(() -> dispatcher == null ? Future.succeededFuture() : dispatcher.close());
    }

    /** The port that was bound. */
    int port() {
        return listeners == null ? port : listeners.port();
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(MAX_HEAD_BYTES)
                        .setMaxConcurrentStreams(MAX_CALLS_PER_CONNECTION))
                .setHttp2RstFloodWindowDuration(1)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS_PER_SECOND)
                .setIdleTimeoutUnit(TimeUnit.MINUTES)
                .setIdleTimeout(IDLE_MINUTES);
    }
}
