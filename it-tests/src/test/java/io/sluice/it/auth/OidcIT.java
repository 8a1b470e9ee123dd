package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.auth.OidcServer.Issued;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "s3cret with space, % and ü";

    private final OidcServer server = new OidcServer().up();
    private final TestApp app = new TestApp().listen();
    private OidcKafka kafka;
    private TestGateway gateway;

    @BeforeAll
    void start() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        server.expect("knower", SECRET);
        server.expect("signer", keys.getPublic());
        kafka = OidcKafka.start(
                server,
                Duration.ofHours(1),
                Map.of("secret", 1, "secret-tls", 1, "signed", 1, "signed-tls", 1, "second", 1));
        gateway = TestGateway.start(
                Map.of(),
                List.of(
                        kafka.binding("secret", "knower", SECRET),
                        kafka.binding("second", "knower", SECRET),
                        kafka.secure(kafka.binding("secret-tls", "knower", SECRET)),
                        kafka.signing("signed", "signer", pem(keys)),
                        kafka.secure(kafka.signing("signed-tls", "signer", pem(keys)))),
                "--app-port=" + app.port());
    }

    @AfterAll
    void stop() {
        gateway.close();
        kafka.close();
        app.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret-tls", "signed", "signed-tls"})
    void aBindingThatLogsInWithATokenProducesAndConsumes(String binding) {
        String value = "\"by " + binding + "\"";

        assertThat(gateway.call(binding, TestGateway.envelope(value)).statusCode())
                .isEqualTo(204);

        await().atMost(SOON).untilAsserted(() -> assertThat(app.takenTexts()).contains(value));
    }

    @Test
    void bindingsOfOneLoginShareATokenInBothDirections() {
        assertThat(gateway.call("second", TestGateway.envelope("\"by second\"")).statusCode())
                .isEqualTo(204);
        await().atMost(SOON).untilAsserted(() -> assertThat(app.takenTexts()).contains("\"by second\""));

        // with and without TLS are two logins: what is trusted at the endpoint differs
        assertThat(server.issuedTo("knower"))
                .hasSize(2)
                .extracting(Issued::scope)
                .containsOnly("kafka");
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
