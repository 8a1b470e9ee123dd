package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcOutageIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "the-right-one";

    private final OidcServer server = new OidcServer().up();
    private OidcKafka kafka;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        server.expect("gateway", SECRET);
        kafka = OidcKafka.start(server, Duration.ofHours(1), Map.of("t", 1));
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        kafka.close();
        server.close();
    }

    @Test
    void withoutATokenServerTheGatewayStartsSaysWhatIsWrongAndRecoversByItself() {
        server.down();

        gateway = TestGateway.start(binding());
        assertToldAndNotReady("oidcTokenEndpoint " + server.tokenEndpoint() + " cannot be reached: Connection refused");

        server.up();
        assertRecovers();
    }

    @Test
    void aWrongSecretIsToldWithTheFieldToLookAtUntilTheServerKnowsIt() {
        server.expect("gateway", "another-one");

        gateway = TestGateway.start(binding());
        assertToldAndNotReady("oidcTokenEndpoint " + server.tokenEndpoint()
                + " refuses oidcClientID and oidcClientSecret: invalid_client: not one of ours");

        server.expect("gateway", SECRET);
        assertRecovers();
    }

    private Component binding() {
        return kafka.binding("t", "gateway", SECRET)
                .with("direction", "output")
                .with("metadataTimeout", "1s");
    }

    private void assertToldAndNotReady(String why) {
        HttpResponse<String> answer = gateway.call("t", TestGateway.envelope("1"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .startsWith("error invoking output binding t: ")
                .contains("error generating oauth2 token: " + why)
                .doesNotContain(SECRET);
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(500);
        assertThat(gateway.get("/v1.0-sluice/health").body()).contains(why).doesNotContain(SECRET);
    }

    private void assertRecovers() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(gateway.call("t", TestGateway.envelope("2")).statusCode())
                                .isEqualTo(204));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204));
    }
}
