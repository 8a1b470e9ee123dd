package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Connections of HTTP/2, each for as many requests as the app allows: Vert.x's pool. */
final class SharedConnections implements AppConnections {
    private static final int MAX_CONNECTIONS = 8;

    private final HttpClient client;
    private final Set<HttpConnection> answered = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    SharedConnections(Vertx vertx, AppChannelSettings settings, int size) {
        var pool = new PoolOptions().setHttp2MaxSize(Math.min(size, MAX_CONNECTIONS));
        this.client = vertx.createHttpClient(AppConnections.options(settings), pool);
    }

    @Override
    public void open(RequestOptions options, Opening opening) {
        client.request(options).map(Stream::new).onComplete(opening::opened, opening::away);
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

        Stream(HttpClientRequest request) {
            this.request = request;
        }

        @Override
        public HttpClientRequest request() {
            return request;
        }

        @Override
        public boolean isOnKeptConnection() {
            return answered.contains(request.connection());
        }

        @Override
        public void answered() {
            HttpConnection connection = request.connection();
            if (answered.add(connection)) {
                connection.closeHandler(gone -> answered.remove(connection));
            }
        }

        @Override
        public void ended(HttpClientResponse response) {
            // The pool knows by itself.
        }

        @Override
        public void abandon() {
            request.reset();
        }
    }
}
