package io.sluice.it.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.Sluice;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The program from its ready line to its exit code. */
@WithKafka
class ShutdownIT {
    private static final Pattern READY = Pattern.compile("sluice ready http=(\\S+) .*");

    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    @Test
    void aCallOfShutdownEndsTheProgramAfterItsRecordsAreStored(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic();
        CompletableFuture<Integer> exit = run(Component.output(kafka, "last", topic));
        String address = ready.get(30, TimeUnit.SECONDS);

        HttpResponse<String> called = post(address, "/v1.0/bindings/last", "{\"operation\":\"create\",\"data\":1}");
        HttpResponse<String> shutdown = post(address, "/v1.0/shutdown", "");

        assertThat(called.statusCode()).isEqualTo(204);
        assertThat(shutdown.statusCode()).isEqualTo(204);
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(kafka.readAll(topic)).hasSize(1);
        assertThatThrownBy(() -> post(address, "/v1.0/healthz", "")).isInstanceOf(ConnectException.class);
    }

    private CompletableFuture<Integer> run(Component component) {
        Path folder = TestGateway.folderWith(Map.of("component.yaml", component.yaml()));
        List<String> args = new ArrayList<>(TestGateway.arguments(folder));
        args.add("--log-level=error");
        PrintStream out = new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String line) {
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(matcher.group(1));
                }
            }
        };
        return CompletableFuture.supplyAsync(() -> Sluice.run(args.toArray(String[]::new), Map.of(), out));
    }

    private HttpResponse<String> post(String address, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
