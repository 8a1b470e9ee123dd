package io.sluice.app.telemetry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Serves the page of a {@link Telemetry} on every path, as daprd does. */
public final class MetricsServer {
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int IDLE_SECONDS = 120;

    private final Vertx vertx;
    private final Telemetry telemetry;
    /** A thread of its own: what keeps the shared ones busy must not hide how the gateway is. */
    private final WorkerExecutor writer;

    private final MetricsReaders readers = new MetricsReaders();
    private final List<HttpServer> servers = new ArrayList<>();

    private MetricsServer(Vertx vertx, Telemetry telemetry) {
        this.vertx = vertx;
        this.telemetry = telemetry;
        this.writer = vertx.createSharedWorkerExecutor("sluice-metrics", 1);
    }

    /**
     * Listens on {@code port} of every address.
     *
     * @param port 0 for a free one, the same on all addresses
     * @return failed with the cause of the first address that cannot be had; then none is kept
     */
    public static Future<MetricsServer> start(Vertx vertx, Telemetry telemetry, List<String> addresses, int port) {
        var server = new MetricsServer(vertx, telemetry);
        Future<Void> listening = Future.succeededFuture();
        for (String address : addresses) {
            listening = listening.compose(ignored -> server.listen(address, port));
        }
        return listening.map(server).recover(cause -> server.stop().transform(ignored -> Future.failedFuture(cause)));
    }

    /** The port that it listens on. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** Closes every listener. */
    public Future<Void> stop() {
        return Future.join(servers.stream().map(HttpServer::close).toList())
                .eventually(writer::close)
                .mapEmpty();
    }

    private Future<Void> listen(String address, int port) {
        var options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(this::serve)
                .listen(servers.isEmpty() ? port : port(), address)
                .onSuccess(servers::add)
                .mapEmpty();
    }

    private void serve(HttpServerRequest request) {
        if (!READ.contains(request.method())) {
            request.response()
                    .setStatusCode(405)
                    .putHeader("allow", "GET, HEAD")
                    .end();
            return;
        }
        readers.begin(request.connection());
        // Off the event loop: writing some hundred lines must not delay a client of the API.
        writer.executeBlocking(() -> request.response().closed() ? "" : telemetry.page())
                .compose(page -> request.response()
                        .putHeader("content-type", TEXT_FORMAT)
                        .end(page))
                .onFailure(cause -> request.connection().close())
                .onComplete(read -> readers.end(request.connection()));
    }
}
