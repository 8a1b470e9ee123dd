package io.sluice.it.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of Dapr's documentation, word for word but for a cluster that nobody has on this machine. */
class SeedExampleIT {
    private static final String EXAMPLE = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: kafka-binding
        spec:
          type: bindings.kafka
          version: v1
          initTimeout: 1s
          metadata:
          - name: topics # Optional. Used for input bindings.
            value: "topic1,topic2"
          - name: brokers # Required.
            value: "localhost:1,localhost:2"
          - name: consumerGroup # Optional. Used for input bindings.
            value: "group1"
          - name: publishTopic # Optional. Used for output bindings.
            value: "topic3"
          - name: authRequired # Required.
            value: "true"
          - name: saslUsername # Required if authRequired is `true`.
            value: "user"
          - name: saslPassword # Required if authRequired is `true`.
            secretKeyRef:
              name: kafka-secrets
              key: "saslPasswordSecret"
          - name: saslMechanism
            value: "SHA-512"
          - name: initialOffset # Optional. Used for input bindings.
            value: "newest"
          - name: maxMessageBytes # Optional.
            value: "1024"
          - name: heartbeatInterval # Optional.
            value: 5s
          - name: sessionTimeout # Optional.
            value: 15s
          - name: version # Optional.
            value: "2.0.0"
          - name: direction
            value: "input, output"
          - name: schemaRegistryURL # Optional.
            value: http://localhost:8081
          - name: schemaRegistryAPIKey # Optional.
            value: XYAXXAZ
          - name: schemaRegistryAPISecret # Optional.
            value: "ABCDEFGMEADFF"
          - name: schemaCachingEnabled # Optional.
            value: true
          - name: schemaLatestVersionCacheTTL # Optional.
            value: 5m
          - name: escapeHeaders # Optional.
            value: false
        auth:
          secretStore: local
        """;

    private static final String PASSWORD = "KeFg23!";

    @Test
    void theDocumentedComponentIsLoadedAndServedWhileItsKafkaIsAway() {
        try (TestGateway gateway = TestGateway.start(files(EXAMPLE), Map.of())) {
            JsonObject metadata = new JsonObject(gateway.get("/v1.0/metadata").body());
            assertThat(metadata.getJsonArray("components"))
                    .map(JsonObject.class::cast)
                    .filteredOn(component -> component.getString("name").equals("kafka-binding"))
                    .extracting(component -> component.getJsonArray("capabilities"))
                    .containsExactly(new JsonArray().add("INPUT_BINDING").add("OUTPUT_BINDING"));
            assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
            assertThat(gateway.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void theDocumentedComponentProducesAndConsumesAtTheKafkaThatItsFieldsDescribe() {
        try (SeedKafka kafka = SeedKafka.start("user", PASSWORD, "topic1", "topic2", "topic3");
                TestApp app = new TestApp().listen();
                TestGateway gateway = TestGateway.start(
                        files(EXAMPLE.replace("localhost:1,localhost:2", kafka.brokers())),
                        Map.of(),
                        "--app-port=" + app.port())) {
            assertThat(gateway.call("kafka-binding", TestGateway.envelope("{\"message\":\"Hi\"}"))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(kafka.values("topic3")).containsExactly("{\"message\":\"Hi\"}");

            await().atMost(Duration.ofSeconds(20)).until(() -> {
                // Again and again: what comes before the binding has joined its group is not the newest.
                kafka.send("topic1", "one");
                kafka.send("topic2", "two");
                return app.takenTexts().containsAll(List.of("one", "two"));
            });
        }
    }

    /** The component and the store that its secret is in. */
    private static Path files(String component) {
        Path folder = TestGateway.folderWith(Map.of("secrets.json", """
            {"kafka-secrets": {"saslPasswordSecret": "%s"}}\
            """.formatted(PASSWORD)));
        return TestGateway.folderWith(Map.of("kafka.yaml", component, "store.yaml", store(folder)));
    }

    private static String store(Path folder) {
        return """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: local
            spec:
              type: secretstores.local.file
              version: v1
              metadata:
              - name: secretsFile
                value: %s
              - name: multiValued
                value: true
            """.formatted(folder.resolve("secrets.json"));
    }
}
