package io.sluice.it.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** gRPC calls whose messages announce 4 MiB, send all of it but the end, and are begun anew when they are refused. */
final class EndlessMessages implements AutoCloseable {
    private static final int ANNOUNCED = 4 << 20;
    private static final Buffer PIECE = Buffer.buffer(new byte[64 << 10]);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClientAgent client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean closing;

    /** @param streams of each connection */
    EndlessMessages(int port, int connections, int streams) {
        var to = new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
        Future.join(IntStream.range(0, connections)
                        .mapToObj(i -> client.connect(to).onSuccess(connection -> {
                            for (int stream = 0; stream < streams; stream++) {
                                begin(connection);
                            }
                        }))
                        .toList())
                .onFailure(refused -> {});
    }

    private void begin(HttpClientConnection connection) {
        var call = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI("/dapr.proto.runtime.v1.Dapr/InvokeBinding")
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers");
        connection.request(call).onSuccess(request -> {
            begun.incrementAndGet();
            request.exceptionHandler(reset -> {}).setChunked(true);
            request.response().compose(response -> response.end()).onComplete(over -> {
                ended.incrementAndGet();
                if (!closing) {
                    vertx.setTimer(50, pause -> begin(connection));
                }
            });
            write(request, Buffer.buffer().appendByte((byte) 0).appendInt(ANNOUNCED), ANNOUNCED - 1);
        });
    }

    private void write(HttpClientRequest request, Buffer next, int left) {
        request.write(next).onSuccess(written -> {
            if (left > 0) {
                write(request, PIECE.slice(0, Math.min(left, PIECE.length())), left - PIECE.length());
            }
        });
    }

    /** How many calls were begun until now. */
    int begun() {
        return begun.get();
    }

    /** How many of them were refused. */
    int refused() {
        return ended.get();
    }

    @Override
    public void close() {
        closing = true;
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
