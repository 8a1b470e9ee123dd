package io.sluice.it.auth;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An app that takes every record and remembers it. Safe for use from any thread. */
final class OidcApp implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .await();

    /** The flag of a gateway that is to deliver here. */
    String flag() {
        return "--app-port=" + server.actualPort();
    }

    /** Path and value of the records so far. */
    Set<String> taken() {
        return Set.copyOf(taken);
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.method().equals(HttpMethod.POST)) {
                taken.add(request.path() + " " + body);
            }
            request.response().end();
        });
    }
}
