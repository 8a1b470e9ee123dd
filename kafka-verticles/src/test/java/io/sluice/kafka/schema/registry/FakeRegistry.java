package io.sluice.kafka.schema.registry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A schema registry that has what a test gives it, counts questions, and misbehaves as it is told. */
public final class FakeRegistry implements AutoCloseable {
    /** A schema for tests: {@code {"n": 1}}. */
    public static final String NUMBERED =
            "{\"type\":\"record\",\"name\":\"x.Numbered\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}";

    private static final String HOST = "127.0.0.1";
    private static final Answer UNKNOWN = new Answer(404, "{\"error_code\":40401,\"message\":\"Subject not found.\"}");

    private final Vertx vertx = Vertx.vertx();
    private final HttpServerOptions options;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private volatile Answer always;
    private volatile Promise<Void> held = opened();
    private HttpServer server;
    private int port;

    record Answer(int status, String body) {}

    /** A request as it came; {@code authorization} is null without one. */
    public record Question(String path, String authorization) {}

    public FakeRegistry() throws Exception {
        this(new HttpServerOptions());
    }

    FakeRegistry(HttpServerOptions options) throws Exception {
        this.options = options;
        listen();
    }

    private static Promise<Void> opened() {
        Promise<Void> open = Promise.promise();
        open.complete();
        return open;
    }

    /** Opens its port, the same as before after {@link #leave}. */
    public void listen() throws Exception {
        server = await(
                vertx.createHttpServer(options).requestHandler(this::serve).listen(port, HOST));
        port = server.actualPort();
    }

    public void leave() throws Exception {
        await(server.close());
    }

    public URI url() {
        return URI.create((options.isSsl() ? "https://" : "http://") + HOST + ":" + port);
    }

    /** Version {@code version} of a subject, which becomes its latest. */
    public void schema(String subject, int version, int id, String schema, SchemaKey.Version... references) {
        var refers = new JsonArray();
        for (SchemaKey.Version reference : references) {
            refers.add(new JsonObject()
                    .put("name", "any")
                    .put("subject", reference.subject())
                    .put("version", reference.number()));
        }
        String body = new JsonObject()
                .put("subject", subject)
                .put("version", version)
                .put("id", id)
                .put("schema", schema)
                .put("references", refers)
                .encode();
        answer(new SchemaKey.Version(subject, version).path(), 200, body);
        answer(new SchemaKey.Latest(subject).path(), 200, body);
        answer(new SchemaKey.Id(id).path(), 200, body);
    }

    public void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    /** Answers whatever it is asked with this, until {@link #recover}. */
    public void answerAlways(int status, String body) {
        always = new Answer(status, body);
    }

    public void recover() {
        always = null;
    }

    /** Lets questions wait until {@link #release}. */
    public void hold() {
        held = Promise.promise();
    }

    public void release() {
        held.tryComplete();
    }

    public List<Question> questions() {
        return List.copyOf(questions);
    }

    public long questions(SchemaKey key) {
        return questions.stream()
                .filter(question -> question.path().equals(key.path()))
                .count();
    }

    private void serve(HttpServerRequest request) {
        questions.add(new Question(request.uri(), request.getHeader("Authorization")));
        Answer answer = always != null ? always : answers.getOrDefault(request.uri(), UNKNOWN);
        held.future()
                .onSuccess(
                        v -> request.response().setStatusCode(answer.status()).end(answer.body()));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
