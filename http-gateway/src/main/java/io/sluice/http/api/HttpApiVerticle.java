package io.sluice.http.api;

import io.sluice.http.invoke.InvokeDispatcher;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the HTTP API. */
final class HttpApiVerticle extends VerticleBase {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final Duration MIN_IDLE = Duration.ofMinutes(5);
    private static final int IDLE_DEADLINES = 10;

    private final ApiState state;
    private final int port;
    private final List<HttpServer> servers = new ArrayList<>();
    private @Nullable InvokeDispatcher dispatcher;

    /** @param port the port of every address; a negative one is picked, and shared by those who ask for the same */
    HttpApiVerticle(ApiState state, int port) {
        this.state = state;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var settings = state.settings();
        var invokes = InvokeDispatcher.open(vertx, settings.requestDeadline());
        dispatcher = invokes;
        var exchanges = Exchanges.open(vertx, state.bytesInFlight(), settings.requestDeadline());
        return listen(new FrontDoor(vertx, state, exchanges, new Endpoints(vertx.eventBus(), state, invokes)));
    }

    @Override
    public Future<?> stop() {
        long patience = state.settings().requestDeadline().toMillis();
        var closed = servers.stream()
                .map(server -> server.shutdown(patience, TimeUnit.MILLISECONDS))
                .toList();
        return Future.join(closed).eventually(() -> dispatcher == null ? Future.succeededFuture() : dispatcher.close());
    }

    /** The port that was bound. */
    int port() {
        return servers.get(0).actualPort();
    }

    /** The first address picks the port if it is to be picked, the others take the same. */
    private Future<?> listen(Handler<HttpServerRequest> handler) {
        Future<?> listening = Future.succeededFuture();
        for (var address : state.settings().listenAddresses()) {
            listening = listening.compose(previous -> listen(handler, address));
        }
        return listening;
    }

    private Future<HttpServer> listen(Handler<HttpServerRequest> handler, String address) {
        var server = vertx.createHttpServer(options()).requestHandler(handler);
        return server.listen(servers.isEmpty() ? port : port(), address).onSuccess(servers::add);
    }

    private HttpServerOptions options() {
        var deadline = state.settings().requestDeadline();
        var idle = deadline.multipliedBy(IDLE_DEADLINES);
        return new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MAX_HEAD_BYTES))
                // Far above the deadline: only a connection without any request is idle.
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(Math.toIntExact((idle.compareTo(MIN_IDLE) > 0 ? idle : MIN_IDLE).toSeconds()));
    }
}
