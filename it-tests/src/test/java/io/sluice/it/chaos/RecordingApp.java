package io.sluice.it.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.it.chaos.Call.Position;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A user's app that takes the records of several groups and keeps what it answered. Safe for use from any thread. */
final class RecordingApp implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<String, Journal> journals = new ConcurrentHashMap<>();
    private final Answers answers;
    private final HttpServer server;

    private RecordingApp(Answers answers) {
        this.answers = answers;
        this.server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static RecordingApp start(Answers answers) {
        return new RecordingApp(answers);
    }

    String port() {
        return String.valueOf(server.actualPort());
    }

    /** What was answered to requests for {@code /group} and {@code /group/…}. */
    Journal journal(String group) {
        return journals.computeIfAbsent(group, name -> new Journal());
    }

    private void handle(HttpServerRequest request) {
        if (request.getHeader("__offset") == null) {
            request.response().setStatusCode(404).end().onFailure(this::gone);
            return;
        }
        request.body()
                .map(body -> call(request, body.toString(UTF_8)))
                .compose(call -> answers.to(call, vertx).onSuccess(status -> answer(request, call, status)))
                .onFailure(this::gone);
    }

    private void answer(HttpServerRequest request, Call call, int status) {
        if (!request.response().closed()) {
            journal(call.path().split("/")[1]).add(call, status);
            request.response().setStatusCode(status).end().onFailure(this::gone);
        }
    }

    /** A gateway that was killed does not read its answers; a record comes again if it did not. */
    private void gone(Throwable cause) {}

    private static Call call(HttpServerRequest request, String value) {
        var position = new Position(
                Integer.parseInt(request.getHeader("__partition")), Long.parseLong(request.getHeader("__offset")));
        String key = request.getHeader("__key");
        return new Call(request.path(), position, key == null ? "" : key, value);
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
