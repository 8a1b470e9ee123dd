package io.sluice.it.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.app.Gateway;
import io.sluice.app.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The whole gateway inside this JVM, on free ports, and a client of its HTTP API. Safe for use from any thread. */
public final class TestGateway implements AutoCloseable {
    public static final String APP_ID = "it";

    private static final Duration LIMIT = Duration.ofSeconds(40);

    static {
        // A closed Vert.x rejects what its workers bring late, such as a Kafka client that took seconds to open.
        // Whichever test of the JVM waits just then is not to blame.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private final Gateway gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    public static TestGateway start(Component... components) {
        return start(Map.of(), List.of(components));
    }

    public static TestGateway start(Map<String, String> environment, List<Component> components, String... flags) {
        String yaml = components.stream().map(Component::yaml).collect(Collectors.joining("---\n"));
        return start(folderWith(Map.of("components.yaml", yaml)), environment, flags);
    }

    /** @param components folder of component files */
    public static TestGateway start(Path components, Map<String, String> environment, String... flags) {
        List<String> args = new ArrayList<>(List.of(flags));
        args.addAll(arguments(components));
        Settings settings = Settings.of(environment, args.toArray(String[]::new));
        return new TestGateway(get(Gateway.start(settings).toCompletionStage().toCompletableFuture()));
    }

    /** What every gateway of a test is told: who it is, where its components are, and free ports. */
    public static List<String> arguments(Path components) {
        return List.of(
                "--app-id=" + APP_ID,
                "--resources-path=" + components,
                "--dapr-http-port=0",
                "--dapr-grpc-port=0",
                "--metrics-port=0");
    }

    /** A new folder with these files: name to text. */
    public static Path folderWith(Map<String, String> files) {
        try {
            Path folder =
                    Files.createTempDirectory(Files.createDirectories(Path.of("target", "gateway")), "components-");
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of a call that creates a record; {@code data} is a JSON text. */
    public static String envelope(String data) {
        return "{\"operation\":\"create\",\"data\":" + data + "}";
    }

    /** POST of an envelope to a binding. */
    public HttpResponse<String> call(String binding, String envelope) {
        return send("POST", "/v1.0/bindings/" + binding, envelope.getBytes(UTF_8));
    }

    public CompletableFuture<HttpResponse<String>> callAsync(String binding, String envelope) {
        byte[] body = envelope.getBytes(UTF_8);
        return http.sendAsync(
                request("POST", "/v1.0/bindings/" + binding, BodyPublishers.ofByteArray(body)),
                BodyHandlers.ofString());
    }

    /** @param headers name, value, name, value, … */
    public HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
        return send(method, path, BodyPublishers.ofByteArray(body), headers);
    }

    public HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        return get(http.sendAsync(request(method, path, body, headers), BodyHandlers.ofString()));
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public int httpPort() {
        return gateway.httpPort();
    }

    public int grpcPort() {
        return gateway.grpcPort();
    }

    /** The sum of the page's samples of that name that have all these labels, written as on the page: {@code a="b"}. */
    public double metric(String name, String... labels) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") && Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The metrics page. */
    public String metrics() {
        URI page = URI.create("http://127.0.0.1:" + gateway.metricsPort() + "/metrics");
        return get(http.sendAsync(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()))
                .body();
    }

    @Override
    public void close() {
        get(gateway.stop().toCompletionStage().toCompletableFuture());
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path))
                .timeout(LIMIT)
                .method(method, body);
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
