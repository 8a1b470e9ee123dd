package io.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.health.Startup;
import io.sluice.http.TestBindings;
import io.sluice.http.Waiting;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminApiTest {
    private static final AppConnection APP = new AppConnection(
            3000,
            "http",
            "127.0.0.1",
            -1,
            new AppConnection.HealthCheck("/healthz", Duration.ofSeconds(5), Duration.ofMillis(500), 3));

    private final TestGateway gateway = new TestGateway(Setup.usual()
            .app(APP)
            .serving(TestBindings.output("out"), TestBindings.input("in"), TestBindings.both("both")));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aGatewayThatHasStartedIsHealthyWhateverFailsLater() {
        gateway.health.startup().appAwaited();
        gateway.health.startup().inputAwaited("in", Set.of("orders"), true, Duration.ofMinutes(1));

        var early = gateway.get("/v1.0/healthz/");
        gateway.health.startup().appListens();
        gateway.health.startup().inputAssigned("in", "orders");
        gateway.health.notReady("kafka:out", true, "no broker answers");

        assertThat(early.statusCode()).isEqualTo(500);
        assertThat(early.body())
                .isEqualTo(
                        "{\"errorCode\":\"ERR_HEALTH_NOT_READY\",\"message\":\"dapr is not ready: [app input:in]\"}");
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
    }

    @Test
    void healthCanAskForAnApp() {
        assertThat(gateway.get("/v1.0/healthz?appid=shop").statusCode()).isEqualTo(204);

        var other = gateway.get("/v1.0/healthz?appid=other");

        assertThat(other.statusCode()).isEqualTo(500);
        assertThat(other.body()).contains("ERR_HEALTH_APPID_NOT_MATCH");
    }

    @Test
    void outboundHealthWaitsForNeitherTheAppNorKafka() {
        gateway.health.startup().appAwaited();
        gateway.health.notReady("kafka:out", true, "no broker answers");
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        gateway.health.startup().reached(Startup.Stage.STOPPING);

        var response = gateway.get("/v1.0/healthz/outbound");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo(
                        "{\"errorCode\":\"ERR_OUTBOUND_HEALTH_NOT_READY\",\"message\":\"dapr outbound is not ready\"}");
    }

    @Test
    void theDetailsNameEveryPartAndTheirStatusSaysWhetherAllIsWell() {
        gateway.health.ready("a", true);
        var well = gateway.get("/v1.0-sluice/health");
        gateway.health.notReady("b", false, "broker \"x\" is away");

        var response = gateway.get("/v1.0-sluice/health");

        assertThat(well.statusCode()).isEqualTo(200);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getJsonObject("targets"))
                .isEqualTo(new JsonObject().put("a", status("a", "")).put("b", status("b", "broker \"x\" is away")));
        assertThat(gateway.get("/v1.0-sluice/livez").statusCode()).isEqualTo(204);
    }

    @Test
    void metadataHasTheShapeOfDaprs() {
        var response = gateway.get("/v1.0/metadata");

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject("{\"id\":\"shop\",\"runtimeVersion\":\"1.18.3\",\"components\":["
                        + "{\"name\":\"out\",\"type\":\"bindings.kafka\",\"version\":\"v1\",\"capabilities\":[\"OUTPUT_BINDING\"]},"
                        + "{\"name\":\"in\",\"type\":\"bindings.kafka\",\"version\":\"v1\",\"capabilities\":[\"INPUT_BINDING\"]},"
                        + "{\"name\":\"both\",\"type\":\"bindings.kafka\",\"version\":\"v1\","
                        + "\"capabilities\":[\"INPUT_BINDING\",\"OUTPUT_BINDING\"]}],"
                        + "\"extended\":{\"daprRuntimeVersion\":\"1.18.3\",\"sluiceVersion\":\"1.2.3\"},"
                        + "\"appConnectionProperties\":{\"port\":3000,\"protocol\":\"http\",\"channelAddress\":\"127.0.0.1\","
                        + "\"health\":{\"healthCheckPath\":\"/healthz\",\"healthProbeInterval\":\"5s\","
                        + "\"healthProbeTimeout\":\"500ms\",\"healthThreshold\":3}},"
                        + "\"actorRuntime\":{\"runtimeStatus\":\"DISABLED\",\"hostReady\":false}}"));
    }

    @Test
    void metadataLeavesOutWhatHasNoValue() {
        try (var bare = new TestGateway(Setup.usual().serving())) {
            assertThat(new JsonObject(bare.get("/v1.0/metadata").body()).fieldNames())
                    .containsExactly("id", "runtimeVersion", "extended", "actorRuntime");
        }
    }

    @Test
    void whatClientsNoteIsInTheMetadata() {
        assertThat(gateway.put("/v1.0/metadata/my%20key", "a \"text\"").statusCode())
                .isEqualTo(204);
        assertThat(gateway.put("/v1.0/metadata/my%20key", "another").statusCode())
                .isEqualTo(204);

        assertThat(extended())
                .isEqualTo(new JsonObject()
                        .put("my key", "another")
                        .put("daprRuntimeVersion", "1.18.3")
                        .put("sluiceVersion", "1.2.3"));
    }

    @Test
    void whatClientsNoteIsBounded() {
        for (int i = 0; i < ExtendedMetadata.MAX_ENTRIES; i++) {
            assertThat(gateway.put("/v1.0/metadata/key" + i, "v").statusCode()).isEqualTo(204);
        }
        var oneMore = gateway.put("/v1.0/metadata/onemore", "v");
        var changed = gateway.put("/v1.0/metadata/key0", "x".repeat(ExtendedMetadata.MAX_ENTRY_BYTES - 4));
        var tooLong = gateway.put("/v1.0/metadata/key0", "x".repeat(ExtendedMetadata.MAX_ENTRY_BYTES - 3));
        var farTooLong = gateway.put("/v1.0/metadata/key0", "x".repeat(ExtendedMetadata.MAX_ENTRY_BYTES + 1));

        assertThat(oneMore.statusCode()).isEqualTo(400);
        assertThat(oneMore.body()).contains("ERR_MALFORMED_REQUEST").contains("128");
        assertThat(changed.statusCode()).isEqualTo(204);
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(farTooLong.statusCode()).isEqualTo(400);
        assertThat(farTooLong.body()).contains("stream too large");
        assertThat(extended().size()).isEqualTo(ExtendedMetadata.MAX_ENTRIES + 2);
    }

    @ParameterizedTest
    @CsvSource({"none,false", "true,true", "TRUE,true", "false,false"})
    void shutdownIsAnsweredAndThenDone(String force, boolean atOnce) throws Exception {
        var response = gateway.post("/v1.0/shutdown", "", "dapr-force-shutdown", force);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.shutdowns.poll(10, TimeUnit.SECONDS)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "500,500ms", "1000,1s", "2500,2.5s", "60000,1m0s", "3605040,1h0m5.04s", "90000000,25h0m0s"})
    void durationsAreWrittenAsGoWritesThem(long millis, String text) {
        assertThat(GoText.of(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void theBindingsAreThoseOfNow() {
        gateway.catalog.replace(List.of(TestBindings.output("new")));

        var components = new JsonObject(gateway.get("/v1.0/metadata").body()).getJsonArray("components");

        assertThat(components).hasSize(1);
        assertThat(components.getJsonObject(0).getString("name")).isEqualTo("new");
    }

    @Test
    void codeThatThrowsIsAnswered500WithoutItsWords() throws Exception {
        var usual = gateway.state(Setup.usual(), 0);
        var sound = usual.services();
        var services = new ApiServices(
                sound.catalog(), sound.health(), sound.meters(), sound.info(), sound.shutdown(), null, sound.heap());
        var broken = new ApiState(usual.settings(), services, usual.metrics(), usual.openApi());
        var port = Waiting.get(HttpApi.start(gateway.vertx, broken)).port();

        try (var connection = new RawConnection(new Socket("127.0.0.1", port))) {
            connection.send("GET /v1.0/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.readResponse()).startsWith("http/1.1 500 ").contains("ERR_INTERNAL");
            connection.send("PUT /v1.0/metadata/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nv");
            assertThat(connection.readResponse())
                    .startsWith("http/1.1 500 ")
                    .contains("ERR_INTERNAL")
                    .doesNotContain("null");
        }
        assertThat(gateway.complaints.take()).hasSize(2).allMatch(line -> line.endsWith("request failed"));
    }

    private JsonObject extended() {
        return new JsonObject(gateway.get("/v1.0/metadata").body()).getJsonObject("extended");
    }

    private JsonObject status(String target, String detail) {
        var status = gateway.health.targets().get(target);
        return new JsonObject()
                .put("ready", status.ready())
                .put("outbound", status.outbound())
                .put("detail", detail)
                .put("since", status.since().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
