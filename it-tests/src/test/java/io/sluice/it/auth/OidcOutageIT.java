package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcOutageIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "the-right-one";

    private final OidcServer server = new OidcServer().up();
    private final TestApp app = new TestApp().listen();
    private OidcKafka kafka;
    private TestGateway gateway;

    @BeforeAll
    void startKafka() {
        kafka = OidcKafka.start(server, Duration.ofHours(1), Map.of("down", 1, "wrong", 1, "ended", 1));
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @AfterAll
    void stop() {
        kafka.close();
        app.close();
        server.close();
    }

    @Test
    void withoutATokenServerTheGatewayStartsSaysWhatIsWrongAndRecoversByItself() {
        server.expect("down", SECRET);
        server.down();

        start("down");
        assertTold(call("down"), cannotBeReached());
        assertNotReady(cannotBeReached());

        server.up();
        assertRecovers("down");
    }

    @Test
    void aWrongSecretIsToldWithTheFieldToLookAtUntilTheServerKnowsIt() {
        server.expect("wrong", "another-one");
        String why = "oidcTokenEndpoint " + server.tokenEndpoint()
                + " refuses oidcClientID and oidcClientSecret: invalid_client: not one of ours";

        start("wrong");
        assertTold(call("wrong"), why);
        assertNotReady(why);

        server.expect("wrong", SECRET);
        assertRecovers("wrong");
    }

    @Test
    @EnabledIfSystemProperty(named = "sluice.deep", matches = "true")
    void aTokenThatEndsWhileTheServerIsDownIsToldAndBothDirectionsRecoverByThemselves() {
        server.expect("ended", SECRET);
        server.issueFor(Duration.ofSeconds(3));
        start("ended");
        assertThat(call("ended").statusCode()).isEqualTo(204);

        server.down();
        await().atMost(SOON).untilAsserted(() -> assertNotReady(cannotBeReached()));
        CompletableFuture<HttpResponse<String>> meanwhile = gateway.callAsync("ended", TestGateway.envelope("3"));

        server.up();
        assertThat(meanwhile.join().statusCode()).isEqualTo(204);
        assertRecovers("ended");
        await().atMost(SOON).untilAsserted(() -> assertThat(gateway.get("/v1.0-sluice/health"))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200));
    }

    private void start(String topic) {
        Component binding = kafka.binding(topic, topic, SECRET).with("metadataTimeout", "1s");
        gateway = TestGateway.start(Map.of(), List.of(binding), "--app-port=" + app.port());
    }

    private HttpResponse<String> call(String binding) {
        return gateway.call(binding, TestGateway.envelope("1"));
    }

    private String cannotBeReached() {
        return "oidcTokenEndpoint " + server.tokenEndpoint() + " cannot be reached: Connection refused";
    }

    private static void assertTold(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .startsWith("error invoking output binding ")
                .contains("error generating oauth2 token: " + why)
                .doesNotContain(SECRET);
    }

    private void assertNotReady(String why) {
        HttpResponse<String> health = gateway.get("/v1.0-sluice/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains(why).doesNotContain(SECRET);
    }

    private void assertRecovers(String binding) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.call(binding, TestGateway.envelope(recovered(binding)))
                                .statusCode())
                        .isEqualTo(204));
        await().atMost(SOON).untilAsserted(() -> assertThat(app.takenTexts()).contains(recovered(binding)));
    }

    private static String recovered(String binding) {
        return "\"" + binding + " recovered\"";
    }
}
