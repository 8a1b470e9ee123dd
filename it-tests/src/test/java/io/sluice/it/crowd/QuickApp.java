package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** A user's app that answers at once, and knows how long the records of {@code /quick} were on their way. */
final class QuickApp implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Timings arrivals = new Timings();
    private volatile long lastSent;
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();

    int port() {
        return server.actualPort();
    }

    Timings arrivals() {
        return arrivals;
    }

    /** Whether a record is there that was sent after this {@link System#nanoTime}, and all that were sent before it. */
    boolean hasArrivedSince(long nanoTime) {
        return arrivals.count() > 0 && lastSent - nanoTime > 0;
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.method().equals(HttpMethod.POST) && request.path().equals("/quick")) {
                lastSent = Long.parseLong(body.toString());
                arrivals.add(System.nanoTime() - lastSent);
            }
            request.response().end();
        });
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
