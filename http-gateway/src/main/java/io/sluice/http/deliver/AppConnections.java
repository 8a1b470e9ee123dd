package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A pool of connections to the app, which are kept for the next request. Belongs to one context. */
final class AppConnections {
    /** As many as Dapr opens. */
    static final int MAX = 1024;

    /** Of HTTP/2, each for as many requests as the app allows. */
    private static final int MAX_HTTP2 = 8;

    private static final int CONNECT_MILLIS = 5000;

    private final HttpClient client;
    private final Set<HttpConnection> answered = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    /** @param size most connections */
    AppConnections(Vertx vertx, AppChannelSettings settings, int size) {
        var pool = new PoolOptions().setHttp1MaxSize(size).setHttp2MaxSize(Math.min(size, MAX_HTTP2));
        this.client = vertx.createHttpClient(options(settings), pool);
    }

    /** A request on a connection of its own or, with HTTP/2, a stream of its own; fails when there is none to be had. */
    Future<HttpClientRequest> open(RequestOptions options) {
        return client.request(options);
    }

    /** Notes that the app has answered a request of this connection. */
    void noteAnswer(HttpConnection connection) {
        if (answered.add(connection)) {
            connection.closeHandler(gone -> answered.remove(connection));
        }
    }

    /** Whether the connection was kept after an earlier request, so that the app may be about to close it. */
    boolean wasKept(HttpConnection connection) {
        return answered.contains(connection);
    }

    boolean isClosed() {
        return closed;
    }

    /** Breaks what is in flight. */
    Future<Void> close() {
        closed = true;
        return client.close();
    }

    private static HttpClientOptions options(AppChannelSettings settings) {
        var options = new HttpClientOptions()
                .setDefaultHost(settings.address())
                .setDefaultPort(settings.port())
                .setConnectTimeout(CONNECT_MILLIS);
        return switch (settings.protocol()) {
            // As Dapr: the app is next door, its certificate is nobody's business.
            case "https" -> options.setSsl(true).setTrustAll(true).setVerifyHost(false);
            case "h2c" -> options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
            default -> options;
        };
    }
}
