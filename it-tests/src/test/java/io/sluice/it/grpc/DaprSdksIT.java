package io.sluice.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.dev.kafka.Ports;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs with Dapr's SDKs in two languages, two gateways, one folder of components: {@code examples/dapr-sdks}.
 * {@code .ci/run} installs the SDKs and says where; without that these tests are skipped.
 */
@WithKafka
class DaprSdksIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "dapr-sdks").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PARTITIONS = 3;

    @TempDir
    Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    @Test
    void everyOrderOfAProgramThatOnlySendsReachesTheAppThatSharesItsComponents(TestKafka kafka) throws Exception {
        Path node = installed("node", "node", "node_modules");
        Path python = installed("python3", "python", "bin", "python3");
        Path components = components(kafka);
        int appPort = Ports.free(1).get(0);
        TestGateway receiver = gateway(components, kafka, "--app-port=" + appPort);
        TestGateway sender = gateway(components, kafka);

        Path received = folder.resolve("received");
        start(
                received,
                receiver,
                Map.of("APP_PORT", String.valueOf(appPort), "NODE_PATH", node.toString()),
                "node",
                "receive.js");
        await().atMost(LIMIT).until(() -> receiver.get("/v1.0/healthz").statusCode() == 204);
        Path sent = folder.resolve("sent");
        Process program = start(sent, sender, Map.of(), python.toString(), "send.py");

        assertThat(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(sent)).contains(lines("sent"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Files.readAllLines(received)).contains(lines("got")));
        assertThat(Files.readAllLines(received))
                .filteredOn(line -> line.startsWith("got "))
                .doesNotHaveDuplicates();
    }

    private static String[] lines(String verb) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(order -> verb + " order " + order)
                .toArray(String[]::new);
    }

    /** The example's folder, with a topic and a group of its own. */
    private Path components(TestKafka kafka) throws IOException {
        String topic = kafka.newTopic(PARTITIONS, Map.of());
        String yaml = Files.readString(EXAMPLE.resolve("components").resolve("sample-topic.yaml"))
                .replace("value: sample\n", "value: " + topic + "\n")
                .replace("group1", "group-of-" + topic);
        Files.writeString(Files.createDirectory(folder.resolve("components")).resolve("sample-topic.yaml"), yaml);
        return folder.resolve("components");
    }

    private TestGateway gateway(Path components, TestKafka kafka, String... flags) {
        TestGateway gateway = TestGateway.start(components, Map.of("KAFKA_BROKERS", kafka.bootstrapServers()), flags);
        running.add(gateway);
        return gateway;
    }

    private Process start(Path output, TestGateway gateway, Map<String, String> environment, String... command)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(EXAMPLE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("DAPR_HTTP_PORT", String.valueOf(gateway.httpPort()));
        builder.environment().put("DAPR_GRPC_PORT", String.valueOf(gateway.grpcPort()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        running.add(() -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS));
        return process;
    }

    /** What {@code .ci/run} installed; the test is skipped where it did not. */
    private static Path installed(String language, String... path) {
        String place = System.getenv("SLUICE_DAPR_SDKS");
        assumeTrue(
                place != null, language + ": Dapr's SDK was not tried: .ci/run installs it and sets SLUICE_DAPR_SDKS");
        Path installed = Path.of(place, path);
        assumeTrue(Files.exists(installed), language + ": Dapr's SDK was not tried: it is not in " + place);
        return installed;
    }
}
