package io.sluice.auth.oidc;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A token endpoint that answers as a test says, and remembers what it was asked. */
final class TokenServer {
    static final String TOKEN = "{\"access_token\":\"a-token\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String scheme;
    private volatile Handler<HttpServerRequest> answer = request -> json(request, 200, TOKEN);

    record Asked(MultiMap headers, MultiMap form) {}

    TokenServer(Vertx vertx, HttpServerOptions options) {
        this.scheme = options.isSsl() ? "https" : "http";
        this.server = vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen(0, "localhost")
                .await();
    }

    static void json(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .end(body);
    }

    URI endpoint() {
        return URI.create(scheme + "://localhost:" + server.actualPort() + "/token");
    }

    void answer(Handler<HttpServerRequest> newAnswer) {
        answer = newAnswer;
    }

    void answer(int status, String body) {
        answer(request -> json(request, status, body));
    }

    List<Asked> asked() {
        return asked;
    }

    /** Returns when connections are refused: for a moment after its end the system still lets some in. */
    void stop() {
        int port = server.actualPort();
        server.close().await();
        await().until(() -> isRefused(port));
    }

    private static boolean isRefused(int port) {
        try {
            new Socket("localhost", port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private void handle(HttpServerRequest request) {
        request.setExpectMultipart(true);
        request.endHandler(end -> {
            asked.add(new Asked(request.headers(), request.formAttributes()));
            answer.handle(request);
        });
    }
}
