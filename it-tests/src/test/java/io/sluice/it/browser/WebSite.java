package io.sluice.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A site with one page, below {@code /page}. All other requests it hands on to a gateway as they are, so that a name of the
 * site is to a browser a name of the gateway as well: what happens to a name that is made to mean another address.
 */
final class WebSite implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent client = vertx.createHttpClient();
    private final HttpServer server;
    private final List<HandedOn> handedOn = new CopyOnWriteArrayList<>();
    private final Map<String, JsonObject> outcomes = new ConcurrentHashMap<>();
    private volatile int gateway;

    /** A request of a browser, and the gateway's answer. */
    record HandedOn(String request, String host, int status) {}

    WebSite() {
        server = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, LOOPBACK)
                .await();
    }

    /** Hands on to the gateway at this port from now on. */
    void handOnTo(int port) {
        gateway = port;
    }

    /** {@code http://HOST:PORT} of this site. */
    String origin(String host) {
        return "http://" + host + ":" + server.actualPort();
    }

    /** What the pages have seen, each by its {@code Host}. */
    Map<String, JsonObject> outcomes() {
        return outcomes;
    }

    List<HandedOn> handedOn() {
        return handedOn;
    }

    private void serve(HttpServerRequest request) {
        String host = String.valueOf(request.getHeader("host"));
        if (request.path().equals("/page/outcomes")) {
            request.body()
                    .onSuccess(body -> outcomes.put(host, body.toJsonObject()))
                    .compose(body -> request.response().end());
        } else if (request.path().equals("/page/posts")) {
            request.response().end(String.valueOf(posts()));
        } else if (request.path().equals("/favicon.ico")) {
            // Browsers ask for it when they like.
            request.response().setStatusCode(404).end();
        } else if (request.path().startsWith("/page")) {
            request.response().putHeader("content-type", "text/html").end(page());
        } else {
            var unused = handOn(request, host);
        }
    }

    private long posts() {
        return handedOn.stream()
                .filter(onward -> onward.request().startsWith("POST "))
                .count();
    }

    private Future<Void> handOn(HttpServerRequest request, String host) {
        var options = new RequestOptions()
                .setMethod(request.method())
                .setHost(LOOPBACK)
                .setPort(gateway)
                .setURI(request.uri())
                .setHeaders(request.headers());
        return request.body()
                .compose(body -> client.request(options).compose(onward -> onward.send(body)))
                .compose(answer -> {
                    handedOn.add(new HandedOn(request.method() + " " + request.path(), host, answer.statusCode()));
                    return answer.body().compose(body -> {
                        request.response().setStatusCode(answer.statusCode());
                        request.response().headers().setAll(answer.headers());
                        return request.response().end(body);
                    });
                });
    }

    private static Buffer page() {
        try (InputStream page = WebSite.class.getResourceAsStream("page.html")) {
            return Buffer.buffer(new String(page.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
