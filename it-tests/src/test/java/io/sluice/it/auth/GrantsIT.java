package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.testing.tls.TestCa;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who may do what, for every kind of caller, on both APIs. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantsIT {
    private static final List<String> BINDINGS = List.of("orders", "payments-eu", "nightly");
    private static final TestCa CA = TestCa.create();
    private static final FrontDoorClient ANYONE = FrontDoorClient.of(CA);
    private static final FrontDoorClient BATCH = FrontDoorClient.of(CA, CA.client("batch"));
    private static final FrontDoorClient NAMED =
            FrontDoorClient.of(CA, CA.issue("any").forHosts("batch.shop.svc").sign());
    private static final FrontDoorClient STRANGER = FrontDoorClient.of(CA, CA.client("stranger"));

    private static final String GRANTS = """
            sluice:
              grants:
                - to: {subject: checkout}
                  invoke: [orders, payments-*]
                - to: {claim: groups, value: operators}
                  may: [metadata, health]
                - to: [{certificate: CN=batch}, {san: "DNS:batch.shop.svc"}]
                  invoke: nightly
                - to: dapr-api-token
                  invoke: "*"
            """;

    private final MockOAuth2Server issuer = new MockOAuth2Server();
    private FrontDoorGateway gateway;

    @BeforeAll
    void start(TestKafka kafka) throws Exception {
        issuer.start(InetAddress.getLoopbackAddress(), 0);
        FrontDoorFiles files = FrontDoorFiles.create().serve(CA.server());
        String topic = kafka.newTopic();
        gateway = FrontDoorGateway.start(
                BINDINGS.stream()
                        .map(name -> Component.output(kafka, name, topic))
                        .toList(),
                Map.of("DAPR_API_TOKEN", "s3cret"),
                List.of(
                        files.certificateFlag(),
                        files.keyFlag(),
                        files.file("tls-client-ca", "clients.crt", CA.certificate()),
                        "--tls-client-auth=optional",
                        files.file("config", "grants.yaml", GRANTS),
                        "--oidc-issuer=" + issuer.issuerUrl("shop"),
                        "--oidc-audience=sluice"));
        await().until(() -> allowed(ANYONE, bearer("checkout")).contains("orders"));
    }

    @AfterAll
    void stop() {
        gateway.close();
        issuer.shutdown();
    }

    @Test
    void everyCallerCallsWhatHeWasGranted() {
        assertThat(allowed(ANYONE, bearer("checkout"))).containsExactly("orders", "payments-eu");
        assertThat(allowed(ANYONE, bearer("somebody"))).isEmpty();
        assertThat(allowed(BATCH)).containsExactly("nightly");
        assertThat(allowed(NAMED)).containsExactly("nightly");
        assertThat(allowed(STRANGER)).isEmpty();
        assertThat(allowed(ANYONE, "dapr-api-token", "s3cret")).containsExactlyElementsOf(BINDINGS);
        assertThat(allowed(BATCH, bearer("checkout"))).containsExactlyElementsOf(BINDINGS);
    }

    @Test
    void whoMayNotIsForbiddenAndWhoIsNobodyIsAsked() {
        assertThat(gateway.call(STRANGER, "orders").statusCode()).isEqualTo(403);
        assertThat(gateway.call(ANYONE, "orders").statusCode()).isEqualTo(401);
        assertThat(gateway.callGrpc(STRANGER, "orders")).isEqualTo(7);
        assertThat(gateway.callGrpc(ANYONE, "orders")).isEqualTo(16);
        assertThat(gateway.send(STRANGER, "POST", "/v1.0-sluice/bindings/orders/raw", "x")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void lookingAfterTheGatewayIsForThoseWhoDo() {
        String[] operator = {
            "authorization",
            "Bearer "
                    + issuer.issueToken("shop", "olga", "sluice", Map.of("groups", List.of("operators", "staff")))
                            .serialize()
        };

        assertThat(get("/v1.0/metadata", operator)).isEqualTo(200);
        assertThat(get("/v1.0-sluice/health", operator)).isEqualTo(200);
        assertThat(gateway.send(ANYONE, "POST", "/v1.0/shutdown", "", operator).statusCode())
                .isEqualTo(403);
        assertThat(get("/v1.0/metadata", bearer("checkout"))).isEqualTo(403);
        assertThat(get("/openapi.yaml", bearer("checkout"))).isEqualTo(200);
    }

    private int get(String path, String... headers) {
        return gateway.send(ANYONE, "GET", path, "", headers).statusCode();
    }

    /** What the caller may write to, which both APIs have to agree on. */
    private List<String> allowed(FrontDoorClient client, String... headers) {
        List<String> overHttp = BINDINGS.stream()
                .filter(name -> gateway.call(client, name, headers).statusCode() == 204)
                .toList();
        List<String> overGrpc = BINDINGS.stream()
                .filter(name -> gateway.callGrpc(client, name, headers) == 0)
                .toList();
        assertThat(overGrpc).isEqualTo(overHttp);
        return overHttp;
    }

    private String[] bearer(String subject) {
        return new String[] {
            "authorization",
            "Bearer " + issuer.issueToken("shop", subject, "sluice").serialize()
        };
    }
}
