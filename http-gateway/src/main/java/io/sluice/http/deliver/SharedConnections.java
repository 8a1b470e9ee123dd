package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections of HTTP/2, each for as many requests as the app allows: Vert.x's pool. */
final class SharedConnections implements AppConnections {
    private static final int MAX_CONNECTIONS = 8;

    private final HttpClient client;
    private final AppAddress app;
    private final Set<HttpConnection> answered = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    SharedConnections(Vertx vertx, AppChannelSettings settings, int size) {
        var pool = new PoolOptions().setHttp2MaxSize(Math.min(size, MAX_CONNECTIONS));
        this.client = vertx.httpClientBuilder()
                .with(AppConnections.http2(settings))
                .with(pool)
                // Told to its requests; without a handler it would be logged as well.
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
        this.app = new AppAddress(settings);
    }

    @Override
    public void open(HttpMethod method, String path, Opening opening) {
        app.reach(address ->
                        client.request(app.request(address).setMethod(method).setURI(path)))
                .map(Stream::new)
                .onComplete(opening::opened, opening::away);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return client.close();
    }

    private final class Stream implements Exchange {
        private final HttpClientRequest request;
        private boolean over;

        Stream(HttpClientRequest request) {
            this.request = request;
        }

        @Override
        public boolean isOnKeptConnection() {
            return answered.contains(request.connection());
        }

        @Override
        public void send(WireHeaders headers, byte @Nullable [] body, Answer answer) {
            headers.forEach(request::putHeader);
            (body == null ? request.send() : request.send(Buffer.buffer(body)))
                    .onComplete(response -> read(response, answer), cause -> broken(cause, answer));
        }

        private void read(HttpClientResponse response, Answer answer) {
            remember(request.connection());
            if (over) {
                return;
            }
            answer.head(response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER));
            answer.unfinished();
            response.handler(piece -> {
                        if (!over) {
                            answer.piece(piece);
                        }
                    })
                    .exceptionHandler(cause -> broken(cause, answer))
                    .endHandler(end -> {
                        if (!over) {
                            over = true;
                            answer.end();
                        }
                    });
        }

        private void broken(Throwable cause, Answer answer) {
            if (!over) {
                over = true;
                answer.broken(cause);
            }
        }

        @Override
        public void abandon() {
            over = true;
            request.reset();
        }
    }

    private void remember(HttpConnection connection) {
        if (answered.add(connection)) {
            connection.closeHandler(gone -> answered.remove(connection));
        }
    }
}
