package io.sluice.it.process;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A user's app that answers nothing before it is told to, and takes every record then. Safe for use from any thread. */
final class PatientApp implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();
    private final Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile boolean answers;

    private PatientApp() {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static PatientApp start() {
        return new PatientApp();
    }

    String port() {
        return String.valueOf(server.actualPort());
    }

    /** Requests that wait for their answer. */
    int waiting() {
        return waiting.size();
    }

    /** How many records of a topic it has taken, each counted once. */
    int taken(String topic) {
        return taken.getOrDefault(topic, Set.of()).size();
    }

    /** Answers what waits, and from now on at once. */
    void answer() {
        answers = true;
        for (HttpServerRequest next = waiting.poll(); next != null; next = waiting.poll()) {
            HttpServerRequest late = next;
            vertx.runOnContext(v -> take(late));
        }
    }

    private void handle(HttpServerRequest request) {
        if (request.getHeader("__offset") == null) {
            request.response().setStatusCode(200).end().onFailure(gone -> {});
            return;
        }
        request.body().onSuccess(body -> {
            if (answers) {
                take(request);
            } else {
                waiting.add(request);
            }
        });
    }

    private void take(HttpServerRequest request) {
        taken.computeIfAbsent(request.getHeader("__topic"), unknown -> ConcurrentHashMap.newKeySet())
                .add(request.getHeader("__partition") + "@" + request.getHeader("__offset"));
        request.response().end().onFailure(gone -> {});
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
