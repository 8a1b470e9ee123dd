package io.sluice.http.deliver;

import io.sluice.http.Waiting;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The user's app: a real HTTP server that remembers what it got and answers as it is told. */
final class TestApp implements AutoCloseable {
    private final Vertx vertx;
    private final HttpServerOptions options;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final int port;
    private volatile Function<Got, Integer> statuses = request -> 200;
    private volatile Handler<HttpServerRequest> raw;
    private HttpServer server;

    /** A request as it came. */
    record Got(HttpMethod method, String uri, HttpVersion version, MultiMap headers, byte[] body, String connection) {
        String header(String name) {
            return headers.get(name);
        }

        String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    TestApp(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    TestApp(Vertx vertx, HttpServerOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.port = freePort();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    TestApp listen() {
        return listen("127.0.0.1");
    }

    TestApp listen(String address) {
        server = Waiting.get(vertx.createHttpServer(options)
                .connectionHandler(connection -> connects.incrementAndGet())
                .requestHandler(this::onRequest)
                .listen(port, address));
        return this;
    }

    /** The status for each request from now on, 0 for no answer at all. */
    TestApp answer(Function<Got, Integer> rule) {
        statuses = rule;
        return this;
    }

    TestApp answer(int status) {
        return answer(request -> status);
    }

    /** Serves POSTs itself. */
    TestApp handle(Handler<HttpServerRequest> handler) {
        raw = handler;
        return this;
    }

    int port() {
        return port;
    }

    int connects() {
        return connects.get();
    }

    List<Got> got() {
        return got;
    }

    List<Got> got(HttpMethod method) {
        return got.stream().filter(request -> request.method().equals(method)).toList();
    }

    List<Got> posts() {
        return got(HttpMethod.POST);
    }

    private void onRequest(HttpServerRequest request) {
        var handler = raw;
        if (handler != null && request.method().equals(HttpMethod.POST)) {
            handler.handle(request);
            return;
        }
        request.body().onSuccess(body -> {
            var seen = new Got(
                    request.method(),
                    request.uri(),
                    request.version(),
                    MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
                    body.getBytes(),
                    request.connection().remoteAddress().toString());
            got.add(seen);
            int status = statuses.apply(seen);
            if (status > 0) {
                request.response().setStatusCode(status).end();
            }
        });
    }

    @Override
    public void close() {
        if (server != null) {
            Waiting.get(server.close());
        }
    }
}
