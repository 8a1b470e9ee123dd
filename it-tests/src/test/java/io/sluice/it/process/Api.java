package io.sluice.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The HTTP API of a gateway on this machine. */
public record Api(int port) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Longer than any deadline of the gateway. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(CLIENT.sendAsync(request.build(), BodyHandlers.ofString()));
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(CLIENT.sendAsync(request.build(), BodyHandlers.ofString()));
    }

    /** Sends a record with this JSON text as its value. */
    public CompletableFuture<HttpResponse<String>> create(String binding, String data) {
        return invoke(binding, body(data));
    }

    /** Sends a record with this JSON text as its value to a partition. */
    public CompletableFuture<HttpResponse<String>> create(String binding, int partition, String data) {
        String metadata = "{\"partitionNumber\":\"" + partition + "\"}";
        return invoke(binding, "{\"operation\":\"create\",\"data\":" + data + ",\"metadata\":" + metadata + "}");
    }

    private CompletableFuture<HttpResponse<String>> invoke(String binding, String body) {
        HttpRequest request = request("/v1.0/bindings/" + binding)
                .POST(BodyPublishers.ofString(body))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }

    /** The state of every part, as one JSON text. */
    public String health() {
        return get("/v1.0-sluice/health").body();
    }

    static String body(String data) {
        return "{\"operation\":\"create\",\"data\":" + data + "}";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
    }

    private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> response) {
        try {
            return response.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException(e.getCause()));
        }
    }
}
