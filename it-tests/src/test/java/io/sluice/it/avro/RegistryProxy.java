package io.sluice.it.avro;

import io.sluice.it.gateway.TestCluster;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands in front of a registry, counts what it is asked, and lets it fail as a test says. Safe for use from any thread. */
final class RegistryProxy implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient();
    private final URI registry;
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile @Nullable Answer instead;
    private volatile Future<Void> pause = Future.succeededFuture();
    private @Nullable HttpServer server;
    private int port;

    private record Answer(int status, String body) {}

    RegistryProxy(URI registry) {
        this.registry = registry;
        open();
    }

    /** Opens the port, the same each time. */
    void open() {
        server = TestCluster.get(
                vertx.createHttpServer().requestHandler(this::serve).listen(port, HOST));
        port = server.actualPort();
    }

    /** Nobody listens any more. */
    void shut() {
        HttpServer leaving = server;
        if (leaving != null) {
            TestCluster.get(leaving.close());
        }
    }

    /** Answers everything with this from now on, until {@link #passOn}. */
    void answer(int status, String body) {
        instead = new Answer(status, body);
    }

    /** Answers nothing for now; the returned promise lets all go on. */
    Promise<Void> hold() {
        Promise<Void> held = Promise.promise();
        pause = held.future();
        return held;
    }

    void passOn() {
        instead = null;
        pause = Future.succeededFuture();
    }

    String url() {
        return "http://" + HOST + ":" + port + registry.getPath();
    }

    /** How often a path that ends so was asked for. */
    long questions(String end) {
        return questions.stream().filter(path -> path.endsWith(end)).count();
    }

    private void serve(HttpServerRequest request) {
        questions.add(request.uri());
        pause.onSuccess(v -> {
            Answer answer = instead;
            if (answer == null) {
                passOn(request);
            } else {
                request.response().setStatusCode(answer.status()).end(answer.body());
            }
        });
    }

    private void passOn(HttpServerRequest request) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(registry.getHost())
                .setPort(registry.getPort())
                .setURI(request.uri());
        client.request(options)
                .compose(asked -> asked.send())
                .compose(answer -> answer.body().compose(body -> request.response()
                        .setStatusCode(answer.statusCode())
                        .end(body)))
                .onFailure(cause -> request.connection().close());
    }

    @Override
    public void close() {
        TestCluster.get(vertx.close());
    }
}
