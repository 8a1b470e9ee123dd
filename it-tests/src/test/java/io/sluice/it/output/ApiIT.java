package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway says of itself. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiIT {
    private static final String TOKEN = "s3cret";
    private static final String ENVELOPE = TestGateway.envelope("1");

    private String topic;
    private TestKafka kafka;
    private TestGateway gateway;

    @BeforeAll
    void start(TestKafka shared) {
        kafka = shared;
        topic = kafka.newTopic();
        gateway = TestGateway.start(
                Component.output(kafka, "one", topic),
                Component.output(kafka, "two", topic)
                        .with("direction", "input, output")
                        .with("topics", topic),
                Component.output(kafka, "counted", topic));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aGatewayThatReachesItsKafkaIsHealthy() {
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        assertThat(gateway.get("/v1.0/healthz?appid=" + TestGateway.APP_ID).statusCode())
                .isEqualTo(204);
        assertThat(gateway.get("/v1.0/healthz?appid=other").statusCode()).isEqualTo(500);
    }

    @Test
    void metadataNamesTheComponentsAndWhatTheyCanDo() {
        JsonObject metadata = new JsonObject(gateway.get("/v1.0/metadata").body());

        assertThat(metadata.getString("id")).isEqualTo(TestGateway.APP_ID);
        assertThat(metadata.getJsonArray("components"))
                .isEqualTo(new JsonArray()
                        .add(component("one", "OUTPUT_BINDING"))
                        .add(component("two", "INPUT_BINDING", "OUTPUT_BINDING"))
                        .add(component("counted", "OUTPUT_BINDING")));
    }

    @Test
    void whatAClientNotesIsInTheMetadata() {
        HttpResponse<String> answer = gateway.send("PUT", "/v1.0/metadata/my%20key", "a välue".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(new JsonObject(gateway.get("/v1.0/metadata").body()).getJsonObject("extended"))
                .contains(Map.entry("my key", "a välue"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1.0/bindings/one/",
                "//v1.0//bindings///one",
                "/v1.0/bindings/%6Fn%65",
                "/v1.0/bindings/one?x=1"
            })
    void aBindingIsFoundHoweverItsPathIsWritten(String path) {
        assertThat(gateway.send("POST", path, ENVELOPE.getBytes(UTF_8)).statusCode())
                .isEqualTo(204);
    }

    @Test
    void theDescriptionOfTheApiIsServed() {
        HttpResponse<String> description = gateway.get("/openapi.yaml");

        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(description.body()).startsWith("openapi: 3.").contains("/v1.0/bindings/{name}:");
    }

    @Test
    void theMetricsCountEveryCallOnceOnWhateverEventLoopItCame() {
        String refused = "{\"operation\":\"create\",\"metadata\":{\"partitionNumber\":\"7\"}}";
        String put = "method=\"PUT\"";
        String path = "path=\"/v1.0/bindings/{name}\"";

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 60)
                .mapToObj(i -> gateway.callAsync("counted", i % 3 == 0 ? refused : ENVELOPE))
                .toList();
        calls.forEach(CompletableFuture::join);
        for (int i = 0; i < 5; i++) {
            gateway.send("PUT", "/v1.0/bindings/counted", "{".getBytes(UTF_8));
        }

        String[] stored = {"component=\"counted\"", "operation=\"create\"", "success=\"true\""};
        String[] failed = {"component=\"counted\"", "operation=\"create\"", "success=\"false\""};
        assertThat(gateway.metric("dapr_component_output_binding_count", stored))
                .isEqualTo(40);
        assertThat(gateway.metric("dapr_component_output_binding_count", failed))
                .isEqualTo(20);
        assertThat(gateway.metric("dapr_component_output_binding_latencies_count", stored))
                .isEqualTo(40);
        assertThat(gateway.metric("dapr_http_server_request_count", put, path, "status=\"400\""))
                .isEqualTo(5);
        assertThat(gateway.metric("dapr_http_server_request_count", "method=\"POST\"", path, "status=\"204\""))
                .isEqualTo(40);
        assertThat(gateway.metric("dapr_http_server_response_count", "method=\"POST\"", path, "status=\"500\""))
                .isEqualTo(20);
        assertThat(gateway.metric("dapr_runtime_component_loaded", "app_id=\"it\""))
                .isEqualTo(3);
    }

    @Test
    void withATokenOnlyThoseWhoHaveItAreServed() {
        Component component = Component.output(kafka, "guarded", topic);
        try (TestGateway guarded = TestGateway.start(Map.of("DAPR_API_TOKEN", TOKEN), List.of(component))) {
            for (HttpResponse<String> answer : List.of(
                    guarded.call("guarded", ENVELOPE),
                    guarded.get("/v1.0/metadata", "dapr-api-token", "wrong"),
                    guarded.send("POST", "/v1.0/shutdown", new byte[0]),
                    guarded.get("/nowhere"))) {
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).isEqualTo("invalid api token");
            }
            assertThat(guarded.get("/v1.0/healthz").statusCode()).isEqualTo(204);
            assertThat(guarded.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
            assertThat(guarded.send("POST", "/v1.0/bindings/guarded", ENVELOPE.getBytes(UTF_8), "dapr-api-token", TOKEN)
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    private static JsonObject component(String name, String... capabilities) {
        return new JsonObject()
                .put("name", name)
                .put("type", "bindings.kafka")
                .put("version", "v1")
                .put("capabilities", new JsonArray(List.of(capabilities)));
    }
}
