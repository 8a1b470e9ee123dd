package io.sluice.it.avro;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Apicurio Registry in a process of its own, with its content in memory, and its Confluent-compatible API. The archive that
 * it runs from is unpacked by the build. Safe for use from any thread.
 */
final class TestRegistry implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "registry");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SCHEMA_JSON = "application/vnd.schemaregistry.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;

    /** Version {@code version} of a subject, under the name of the type that it defines. */
    record Reference(String name, String subject, int version) {
        private JsonObject json() {
            return new JsonObject().put("name", name).put("subject", subject).put("version", version);
        }
    }

    private TestRegistry(Process process, int port) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }

    static TestRegistry start() {
        int port = freePort();
        Process process = run(port);
        // Also when the JVM does not get as far as closing its extensions.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        TestRegistry registry = new TestRegistry(process, port);
        // What a gateway that was closed a moment ago leaves behind on its threads is not the registry's.
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(registry::answers);
        return registry;
    }

    private static Process run(int port) {
        try {
            Path log = Files.createTempFile(FOLDER, "run-", ".log");
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + port,
                            "-jar",
                            jar().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the registry does not start", e);
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no registry in " + FOLDER.toAbsolutePath()));
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the registry ended, see the newest log in " + FOLDER.toAbsolutePath());
        }
        try {
            return send(HttpRequest.newBuilder(URI.create(url + "/subjects"))).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Where the API is. */
    URI url() {
        return url;
    }

    /** Makes {@code schema} the latest version of the subject; returns its id. */
    int register(String subject, String schema, Reference... references) {
        JsonObject body = new JsonObject()
                .put("schema", schema)
                .put("schemaType", "AVRO")
                .put(
                        "references",
                        new JsonArray(Stream.of(references).map(Reference::json).toList()));
        String name = URLEncoder.encode(subject, StandardCharsets.UTF_8);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + "/subjects/" + name + "/versions"))
                .header("content-type", SCHEMA_JSON)
                .POST(BodyPublishers.ofString(body.encode())));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return new JsonObject(answer.body()).getInteger("id");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
