package io.sluice.it.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls of gRPC that announce 4 MiB, send a part and stay; one that is ended comes again. */
final class UnfinishedStreams {
    private static final int ANNOUNCED = 4 * 1024 * 1024 - 64;
    private static final Buffer PART =
            Buffer.buffer().appendByte((byte) 0).appendInt(ANNOUNCED).appendBytes(new byte[16 * 1024]);
    private static final RequestOptions INVOKE = new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setURI("/dapr.proto.runtime.v1.Dapr/InvokeBinding")
            .putHeader("content-type", "application/grpc")
            .putHeader("te", "trailers");
    private static final long AGAIN_MS = 2_000;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final HttpConnectOptions gateway;
    private final AtomicInteger begun = new AtomicInteger();

    /** Begins {@code streams} on each of {@code connections}, on the context of {@code vertx}. */
    UnfinishedStreams(Vertx vertx, int port, int connections, int streams) {
        this.vertx = vertx;
        this.gateway = new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(60_000));
        for (int i = 0; i < connections; i++) {
            connect(streams);
        }
    }

    /** How many calls were begun. */
    int begun() {
        return begun.get();
    }

    private void connect(int streams) {
        client.connect(gateway)
                .onSuccess(connection -> {
                    connection.exceptionHandler(broken -> {}).closeHandler(closed -> later(() -> connect(streams)));
                    for (int i = 0; i < streams; i++) {
                        begin(connection);
                    }
                })
                .onFailure(refused -> later(() -> connect(streams)));
    }

    private void begin(HttpClientConnection connection) {
        connection.request(INVOKE).onSuccess(request -> {
            begun.incrementAndGet();
            request.exceptionHandler(reset -> {});
            request.response().onComplete(ended -> {
                request.reset().onFailure(gone -> {});
                later(() -> begin(connection));
            });
            request.setChunked(true).write(PART).onFailure(gone -> {});
        });
    }

    private void later(Runnable step) {
        vertx.setTimer(AGAIN_MS, tick -> step.run());
    }
}
