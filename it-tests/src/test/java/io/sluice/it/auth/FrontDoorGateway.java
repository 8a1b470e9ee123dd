package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.sluice.app.Gateway;
import io.sluice.app.settings.Settings;
import io.sluice.http.grpc.proto.InvokeBindingRequest;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The whole gateway behind TLS, and calls of its HTTP and its gRPC API. */
final class FrontDoorGateway implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Gateway gateway;
    private final Vertx vertx = Vertx.vertx();

    private FrontDoorGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    static FrontDoorGateway start(List<Component> components, Map<String, String> environment, List<String> flags) {
        String yaml = components.stream().map(Component::yaml).collect(Collectors.joining("---\n"));
        Path folder = TestGateway.folderWith(Map.of("components.yaml", yaml));
        List<String> args = new ArrayList<>(flags);
        args.addAll(TestGateway.arguments(folder));
        return new FrontDoorGateway(get(Gateway.start(Settings.of(environment, args.toArray(String[]::new)))));
    }

    /** POST of an envelope. */
    HttpResponse<String> call(FrontDoorClient client, String binding, String... headers) {
        return send(client, "POST", "/v1.0/bindings/" + binding, TestGateway.envelope("1"), headers);
    }

    HttpResponse<String> send(FrontDoorClient client, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(LIMIT)
                .method(method, BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
        return client.http()
                .sendAsync((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString())
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + gateway.httpPort() + path);
    }

    /** The status that {@code InvokeBinding} ends with. */
    int callGrpc(FrontDoorClient client, String binding, String... metadata) {
        byte[] message = InvokeBindingRequest.newBuilder()
                .setName(binding)
                .setOperation("create")
                .setData(ByteString.copyFromUtf8("1"))
                .build()
                .toByteArray();
        Buffer frame =
                Buffer.buffer().appendByte((byte) 0).appendInt(message.length).appendBytes(message);
        HttpClient http = vertx.createHttpClient(client.http2());
        return get(http.request(
                        HttpMethod.POST, gateway.grpcPort(), "localhost", "/dapr.proto.runtime.v1.Dapr/InvokeBinding")
                .compose(request -> status(request.putHeader("content-type", "application/grpc"), frame, metadata))
                // Until here the client is referred to: one that is not would be closed.
                .eventually(http::close));
    }

    @Override
    public void close() {
        get(vertx.close());
        get(gateway.stop());
    }

    private static Future<Integer> status(HttpClientRequest request, Buffer frame, String... metadata) {
        for (int i = 0; i < metadata.length; i += 2) {
            request.putHeader(metadata[i], metadata[i + 1]);
        }
        return request.send(frame).compose(response -> response.end().map(end -> {
            String inHead = response.getHeader("grpc-status");
            return Integer.valueOf(inHead == null ? response.getTrailer("grpc-status") : inHead);
        }));
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
