package io.sluice.bench.floor.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Posts records over kept connections, with the headers that an app gets from the gateway. */
record AppClient(HttpClient client, String path) {
    /** More than any window: the pool is never what a record waits for. */
    private static final int CONNECTIONS = 1024;

    static AppClient connect(Vertx vertx, int port, String path) {
        var options = new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port);
        return new AppClient(vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS)), path);
    }

    /** Completes once the app has answered 200 in full. Call on the event loop. */
    Future<Void> post(ConsumerRecord<byte[], byte[]> record) {
        return client.request(HttpMethod.POST, path)
                .compose(request -> send(request, record))
                .compose(AppClient::acknowledged);
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, ConsumerRecord<byte[], byte[]> record) {
        return request.putHeader("content-type", "application/json")
                .putHeader("__key", new String(record.key(), StandardCharsets.UTF_8))
                .putHeader("__topic", record.topic())
                .putHeader("__partition", Integer.toString(record.partition()))
                .putHeader("__offset", Long.toString(record.offset()))
                .putHeader("__timestamp", Long.toString(record.timestamp()))
                .send(Buffer.buffer(record.value()));
    }

    private static Future<Void> acknowledged(HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.end()
                : Future.failedFuture("the app answered " + response.statusCode());
    }
}
