package io.sluice.it.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A steady number of small calls per second over HTTP/2, each given up after 200 ms: its stream is reset. */
final class ImpatientClients implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final int TICK_MS = 10;
    private static final int PATIENCE_MS = 200;
    private static final long CANCEL = 8;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClientAgent client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final String path;
    private final String body;

    ImpatientClients(Api api, String binding, int perSecond) {
        path = "/v1.0/bindings/" + binding;
        body = Api.body("1");
        var to = new HttpConnectOptions().setHost("127.0.0.1").setPort(api.port());
        Future.join(IntStream.range(0, CONNECTIONS)
                        .mapToObj(i -> client.connect(to))
                        .toList())
                .onSuccess(all -> vertx.setPeriodic(TICK_MS, timer -> {
                    for (int i = 0; i < perSecond * TICK_MS / 1000; i++) {
                        send(all.resultAt(sent.getAndIncrement() % CONNECTIONS));
                    }
                }));
    }

    private void send(HttpClientConnection connection) {
        connection
                .request(new RequestOptions().setMethod(HttpMethod.POST).setURI(path))
                .onSuccess(request -> {
                    long patience = vertx.setTimer(PATIENCE_MS, over -> giveUp(request));
                    request.send(body).onComplete(response -> {
                        vertx.cancelTimer(patience);
                        int status = response.succeeded() ? response.result().statusCode() : 0;
                        statuses.merge(status, 1, Integer::sum);
                    });
                });
    }

    private static void giveUp(HttpClientRequest request) {
        request.reset(CANCEL).onFailure(gone -> {});
    }

    int sent() {
        return sent.get();
    }

    /** How many were answered so; 0 for those that were given up. */
    int answered(int status) {
        return statuses.getOrDefault(status, 0);
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public String toString() {
        return sent + " sent, answers " + statuses;
    }
}
