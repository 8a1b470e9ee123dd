package io.sluice.it.crowd;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Requests on a number of connections of HTTP/2 in turn; one that is closed is opened again. */
final class Streams implements Supplier<Future<HttpClientRequest>> {
    private static final int CONNECTIONS = 32;
    private static final long AGAIN_MS = 500;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final HttpConnectOptions gateway;
    private final RequestOptions call;
    private final List<HttpClientConnection> open = new ArrayList<>();
    private int next;

    Streams(Vertx vertx, HttpClientOptions options, RequestOptions call) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(options);
        this.gateway =
                new HttpConnectOptions().setHost(options.getDefaultHost()).setPort(options.getDefaultPort());
        this.call = call;
        for (int i = 0; i < CONNECTIONS; i++) {
            connect();
        }
    }

    private void connect() {
        client.connect(gateway)
                .onSuccess(connection -> {
                    open.add(connection);
                    connection.exceptionHandler(broken -> {}).closeHandler(closed -> {
                        open.remove(connection);
                        connect();
                    });
                })
                .onFailure(refused -> vertx.setTimer(AGAIN_MS, tick -> connect()));
    }

    @Override
    public Future<HttpClientRequest> get() {
        if (open.isEmpty()) {
            return Future.failedFuture("no connection");
        }
        return open.get(next++ % open.size()).request(call);
    }
}
