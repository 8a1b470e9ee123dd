package io.sluice.it.reload;

import static io.sluice.it.gateway.TestGateway.envelope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of component files that come, go, change, and are wrong. */
@WithKafka
class ChangedFilesIT {
    private static final String FILE = "orders.yaml";
    private static final String DATA = "..data";

    private final TestKafka kafka;
    private final String topic;
    private final Component orders;
    private final Path folder = TestGateway.folderWith(Map.of());
    private TestGateway gateway;

    ChangedFilesIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic();
        this.orders = Component.output(kafka, "orders", topic);
    }

    @BeforeEach
    void mount() throws IOException {
        // As Kubernetes mounts a ConfigMap.
        write("..v1/" + FILE, orders);
        Files.createSymbolicLink(folder.resolve(DATA), Path.of("..v1"));
        Files.createSymbolicLink(folder.resolve(FILE), Path.of(DATA, FILE));
        gateway = TestGateway.start(folder, Map.of());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aFileThatComesIsABindingAndOneThatGoesIsNoneAnyMore() throws IOException {
        write("more.yaml", Component.output(kafka, "more", topic));
        eventually().until(() -> bindings().contains("more"));
        assertThat(status("more")).isEqualTo(204);
        assertThat(written("more")).isEqualTo(1);
        assertThat(gateway.get("/v1.0-sluice/health").body()).contains("kafka:more");

        Files.delete(folder.resolve("more.yaml"));

        eventually().until(() -> !bindings().contains("more"));
        assertThat(gateway.call("more", envelope("1")).body()).contains("couldn't find output binding more");
        eventually().until(() -> written("more") == 0);
        assertThat(gateway.get("/v1.0-sluice/health").body()).doesNotContain("kafka:more");
        assertThat(status("orders")).isEqualTo(204);
        assertThat(gateway.metric("sluice_component_reloads_total", "result=\"applied\""))
                .isEqualTo(2);
    }

    @Test
    void aLinkThatIsSwappedOnTheWayToAFileIsAChange() throws IOException {
        String other = kafka.newTopic();
        write("..v2/" + FILE, orders.with("publishTopic", other));

        Path swapped = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..v2"));
        Files.move(swapped, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);

        eventually().untilAsserted(() -> {
            assertThat(status("orders")).isEqualTo(204);
            assertThat(kafka.readAll(other)).isNotEmpty();
        });
    }

    @Test
    void aFileThatIsWrongChangesNothingUntilItIsRight() throws IOException {
        String other = kafka.newTopic();
        write("more.yaml", Component.output(kafka, "more", topic));
        write("..v1/" + FILE, orders.with("publishTopic", other).with("compression", "zip"));

        eventually().until(() -> gateway.metric("sluice_component_reloads_total", "result=\"rejected\"") == 1);
        assertThat(bindings()).containsExactly("orders");
        assertThat(status("orders")).isEqualTo(204);
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        write("..v1/" + FILE, orders.with("publishTopic", other).with("compression", "gzip"));

        eventually().until(() -> gateway.metric("sluice_component_reloads_total", "result=\"applied\"") == 1);
        assertThat(bindings()).containsExactlyInAnyOrder("orders", "more");
        assertThat(status("orders")).isEqualTo(204);
        assertThat(values(topic)).containsExactly("\"orders\"");
        assertThat(values(other)).containsExactly("\"orders\"");
    }

    @Test
    void aFileWhoseKindOrTypeIsMistypedIsWrongAndNotGone() throws IOException {
        String right = orders.yaml();
        int rejected = 0;
        for (String mistyped : List.of(
                right.replace("kind: Component", "kind: Componnet"),
                right.replace("bindings.kafka", "bindings.kafak"))) {
            rejected++;
            double expected = rejected;
            Files.writeString(folder.resolve("..v1/" + FILE), mistyped);

            eventually()
                    .until(() -> gateway.metric("sluice_component_reloads_total", "result=\"rejected\"") == expected);
            assertThat(bindings()).containsExactly("orders");
            assertThat(status("orders")).isEqualTo(204);
        }
    }

    @Test
    void aGatewayThatIsNotToFollowTheFilesStaysAsItStarted() throws IOException {
        try (TestGateway other = TestGateway.start(folder, Map.of(), "--watch-components=false")) {
            write("more.yaml", Component.output(kafka, "more", topic));

            eventually().until(() -> bindings().contains("more"));
            assertThat(bindings(other)).containsExactly("orders");
        }
    }

    private void write(String name, Component component) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, component.yaml());
    }

    private int status(String binding) {
        return gateway.call(binding, envelope("\"" + binding + "\"")).statusCode();
    }

    private double written(String binding) {
        return gateway.metric(
                "dapr_component_output_binding_count", "component=\"" + binding + "\"", "success=\"true\"");
    }

    private List<String> bindings() {
        return bindings(gateway);
    }

    private static List<String> bindings(TestGateway of) {
        JsonArray components = new JsonObject(of.get("/v1.0/metadata").body()).getJsonArray("components");
        return components.stream()
                .map(component -> ((JsonObject) component).getString("name"))
                .toList();
    }

    private List<String> values(String from) {
        return kafka.readAll(from).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(50));
    }
}
