package io.sluice.it.crowd;

import com.google.protobuf.ByteString;
import io.sluice.http.grpc.proto.InvokeBindingRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A steady number of small calls per second, each given up after half a second: its connection is closed, with HTTP/2 its
 * stream reset. Each calls again, whatever came of it.
 */
final class ImpatientClients {
    private static final int TICK_MS = 10;
    private static final int PATIENCE_MS = 500;
    private static final long CANCEL = 8;
    private static final int GIVEN_UP = 0;
    private static final int STORED = 204;

    private final Vertx vertx;
    private final Manner manner;
    private final Supplier<Future<HttpClientRequest>> opening;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private volatile long lastStored;

    /** How they call. */
    enum Manner {
        HTTP_1_1(HttpVersion.HTTP_1_1, "/v1.0/bindings/orders"),
        HTTP_2(HttpVersion.HTTP_2, "/v1.0/bindings/orders"),
        GRPC(HttpVersion.HTTP_2, "/dapr.proto.runtime.v1.Dapr/InvokeBinding");

        private final HttpVersion version;
        private final String path;

        Manner(HttpVersion version, String path) {
            this.version = version;
            this.path = path;
        }

        private Buffer body(String data) {
            return this == GRPC ? message(data) : Buffer.buffer("{\"operation\":\"create\",\"data\":\"" + data + "\"}");
        }

        private static Buffer message(String data) {
            byte[] message = InvokeBindingRequest.newBuilder()
                    .setName("orders")
                    .setOperation("create")
                    .setData(ByteString.copyFromUtf8("\"" + data + "\""))
                    .build()
                    .toByteArray();
            return Buffer.buffer()
                    .appendByte((byte) 0)
                    .appendInt(message.length)
                    .appendBytes(message);
        }
    }

    /** Begins to call, on the context of {@code vertx}. */
    ImpatientClients(Vertx vertx, int port, Manner manner, int perSecond) {
        this.vertx = vertx;
        this.manner = manner;
        var options = new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setProtocolVersion(manner.version)
                .setHttp2ClearTextUpgrade(false);
        var call = new RequestOptions().setMethod(HttpMethod.POST).setURI(manner.path);
        if (manner == Manner.GRPC) {
            call.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
        }
        opening = manner == Manner.HTTP_1_1 ? new Pooled(vertx, options, call) : new Streams(vertx, options, call);
        vertx.setPeriodic(TICK_MS, timer -> {
            for (int i = 0; i < perSecond * TICK_MS / 1000; i++) {
                call();
            }
        });
    }

    private void call() {
        String data = manner + "-" + sent.getAndIncrement();
        opening.get().onComplete(request -> exchange(request, data), refused -> count(GIVEN_UP));
    }

    private void exchange(HttpClientRequest request, String data) {
        request.exceptionHandler(gone -> {});
        long patience =
                vertx.setTimer(PATIENCE_MS, over -> request.reset(CANCEL).onFailure(gone -> {}));
        request.send(manner.body(data)).compose(this::status).onComplete(status -> {
            vertx.cancelTimer(patience);
            count(status.succeeded() ? status.result() : GIVEN_UP);
            if (status.succeeded() && status.result() == STORED) {
                lastStored = System.nanoTime();
                stored.add("\"" + data + "\"");
            }
        });
    }

    private Future<Integer> status(HttpClientResponse response) {
        return response.end().map(end -> {
            if (manner != Manner.GRPC) {
                return response.statusCode();
            }
            String inHead = response.getHeader("grpc-status");
            String status = inHead == null ? response.getTrailer("grpc-status") : inHead;
            return "0".equals(status) ? Integer.valueOf(STORED) : Integer.valueOf(status);
        });
    }

    private void count(int status) {
        statuses.merge(status, 1, Integer::sum);
    }

    int sent() {
        return sent.get();
    }

    /** How many were answered so; 0 for those that were given up, and the numbers of gRPC other than OK as they are. */
    int answered(int status) {
        return statuses.getOrDefault(status, 0);
    }

    /** The values of the records that were acknowledged. */
    Set<String> stored() {
        return stored;
    }

    /** Whether a record was acknowledged after this {@link System#nanoTime}. */
    boolean hasStoredSince(long nanoTime) {
        return !stored.isEmpty() && lastStored - nanoTime > 0;
    }

    @Override
    public String toString() {
        return manner + ": " + sent + " sent, answers " + statuses;
    }
}
