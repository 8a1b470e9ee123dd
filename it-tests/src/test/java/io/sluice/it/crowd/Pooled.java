package io.sluice.it.crowd;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.function.Supplier;

/** Requests on as many connections as are needed, each for one at a time. */
final class Pooled implements Supplier<Future<HttpClientRequest>> {
    private static final int MOST = 10_000;

    private final HttpClient client;
    private final RequestOptions call;

    Pooled(Vertx vertx, HttpClientOptions options, RequestOptions call) {
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST));
        this.call = call;
    }

    @Override
    public Future<HttpClientRequest> get() {
        return client.request(call);
    }
}
