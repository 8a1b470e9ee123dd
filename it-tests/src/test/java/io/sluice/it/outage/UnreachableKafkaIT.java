package io.sluice.it.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Ports;
import io.sluice.it.process.Api;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are not there when the gateway starts: down, silent, or known to no name server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreachableKafkaIT {
    /** Until a call hears that a topic is not known: the binding waits 5 s for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private final int port = Ports.free(1).get(0);
    private ServerSocket silent;
    private SluiceProcess gateway;
    private Api api;

    @BeforeAll
    void startTheGatewayAlone() throws IOException {
        // Connections are made by the system, and nobody ever accepts one to read from it.
        silent = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        gateway = Launch.gateway(
                        ComponentFile.output("down", "127.0.0.1:" + port, "down"),
                        ComponentFile.output("silent", "127.0.0.1:" + silent.getLocalPort(), "silent"),
                        ComponentFile.output("unknown", "no-such-host.invalid:9092", "unknown"))
                .start();
        api = gateway.awaitReady();
    }

    @AfterEach
    void theGatewayIsUnharmed() {
        gateway.assertUnharmed();
    }

    @AfterAll
    void stopAll() throws IOException {
        gateway.close();
        silent.close();
    }

    @Test
    void callsAreAnsweredWithTheReasonAndHealthNamesTheBrokersAndOneOfThemComesUpLater() throws Exception {
        var down = api.create("down", "1");
        var mute = api.create("silent", "1");
        var unknown = api.create("unknown", "1");

        assertUnavailable(down, "127.0.0.1:" + port);
        assertUnavailable(mute, "127.0.0.1:" + silent.getLocalPort());
        assertUnavailable(unknown, "no-such-host.invalid:9092");
        assertThat(api.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        assertThat(api.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(api.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
        assertThat(api.health())
                .contains("127.0.0.1:" + port, "127.0.0.1:" + silent.getLocalPort(), "no-such-host.invalid:9092");

        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(folder).withPort(port);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(settings.withTopics(Map.of("down", 1)))) {
            await().atMost(SOON)
                    .until(() -> api.create("down", "\"late\"").join().statusCode() == 204);
            assertThat(Stored.in(kafka.bootstrapServers(), "down")).contains("\"late\"");
            await().atMost(SOON).until(() -> new JsonObject(api.health())
                    .getJsonObject("targets")
                    .getJsonObject("kafka:down")
                    .getBoolean("ready"));
        }
    }

    private static void assertUnavailable(CompletableFuture<HttpResponse<String>> call, String brokers)
            throws Exception {
        HttpResponse<String> answer = call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("ERR_INVOKE_OUTPUT_BINDING", "run out of available brokers", brokers);
    }
}
