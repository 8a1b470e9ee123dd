package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.auth.LoginFailureBroker.Door;
import io.sluice.it.gateway.Component;
import io.sluice.it.input.TestApp;
import io.sluice.it.process.Api;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logins that fail, each for a reason of its own, side by side in one gateway: what everybody is told, and that all go on
 * when they are made right on the broker's side.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoginFailureIT {
    private static final Duration LIMIT = Duration.ofSeconds(25);
    private static final String TOLD_OF_OUTPUT = "a binding cannot produce";
    private static final String TOLD_OF_INPUT = "a binding cannot consume";
    /** These also consume. */
    private static final List<String> INPUTS = List.of("unknown-user", "expired", "tls-expected", "denied");

    private final Vertx vertx = Vertx.vertx();
    private final TestApp app = new TestApp().listen();
    private final List<Case> cases = new ArrayList<>();
    private LoginFailureBroker broker;
    private SluiceProcess process;
    private Api gateway;

    /**
     * A binding that cannot log in.
     *
     * @param message follows the brokers' address in what is told
     * @param repair makes it right
     */
    private record Case(Component component, LoginFailureRelay relay, String message, Runnable repair) {
        String name() {
            return component.name();
        }

        String told() {
            return "kafka at " + relay.address() + message;
        }

        boolean consumes() {
            return INPUTS.contains(name());
        }

        @Override
        public String toString() {
            return name();
        }
    }

    @BeforeAll
    void start() {
        broker = new LoginFailureBroker(List.of("t"));
        passwords();
        certificates();
        listeners();
        String[] files = cases.stream().map(wrong -> wrong.component().yaml()).toArray(String[]::new);
        // The shipped jar, for its log.
        process = Launch.gateway(files)
                .and("--app-port=" + app.port(), "--log-as-json")
                .start();
        gateway = process.awaitReady();
    }

    @AfterAll
    void stop() {
        if (process != null) {
            process.close();
        }
        broker.close();
        app.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void passwords() {
        String unknown = "; unknown user, or wrong password for ";
        add(
                "wrong-password",
                password(LoginFailureBroker.USER, LoginFailureBroker.OTHER_PASSWORD, "PLAIN"),
                Door.SASL,
                Door.OTHER_SASL,
                " refuses the login (Authentication failed: Invalid username or password)" + unknown
                        + "PLAIN: look at saslUsername, saslPassword and saslMechanism");
        add(
                "mechanism",
                password(LoginFailureBroker.USER, LoginFailureBroker.PASSWORD, "SHA-256"),
                Door.SASL,
                Door.OTHER_SASL,
                " does not offer the login SCRAM-SHA-256 but PLAIN, SCRAM-SHA-512; look at saslMechanism");
        add(
                "unknown-user",
                password(LoginFailureBroker.NEWCOMER, LoginFailureBroker.PASSWORD, "SHA-512"),
                Door.SASL,
                " refuses the login (Authentication failed during authentication due to invalid credentials with SASL "
                        + "mechanism SCRAM-SHA-512)" + unknown
                        + "SCRAM-SHA-512: look at saslUsername, saslPassword and saslMechanism",
                () -> broker.addUser(
                        LoginFailureBroker.NEWCOMER, LoginFailureBroker.PASSWORD, ScramMechanism.SCRAM_SHA_512));
        add(
                "denied",
                password(LoginFailureBroker.POWERLESS, LoginFailureBroker.PASSWORD, "PLAIN"),
                Door.SASL,
                " denies access: ",
                () -> broker.empower("t"));
    }

    private void certificates() {
        add(
                "untrusted",
                certificate(broker.otherCa()),
                Door.TLS,
                Door.OTHER_CA,
                ": the broker's certificate is not trusted (Signature does not match.); "
                        + "look at caCert: it does not vouch for it");
        add(
                "other-host",
                certificate(broker.ca()),
                Door.OTHER_HOST,
                Door.TLS,
                ": the broker's certificate is for another host (No subject alternative names matching IP address "
                        + "127.0.0.1 found); look at brokers");
        add("expired", certificate(broker.ca()), Door.EXPIRED, Door.TLS, ": the broker's certificate has expired (");
        add(
                "not-yet-valid",
                certificate(broker.ca()),
                Door.NOT_YET_VALID,
                Door.TLS,
                ": the broker's certificate is not valid yet (");
        add(
                "no-client-certificate",
                certificate(broker.ca()),
                Door.MUTUAL_TLS,
                Door.TLS,
                ": the broker demands a client certificate (bad_certificate); look at authType");
        add(
                "strange-client",
                mutual(broker.otherCa().client("stranger")),
                Door.MUTUAL_TLS,
                Door.TLS,
                ": the broker refuses the client certificate (");
    }

    private void listeners() {
        add(
                "tls-expected",
                Map.of("authType", "none"),
                Door.TLS,
                Door.PLAIN,
                " expects TLS, and this binding speaks plain text; look at authType: none has no TLS");
        add(
                "sasl-over-tls-expected",
                password(LoginFailureBroker.USER, LoginFailureBroker.PASSWORD, "PLAIN"),
                Door.SASL_TLS,
                Door.SASL,
                " expects TLS, and this binding speaks plain text; look at disableTls");
        add(
                "plain-text-expected",
                certificate(broker.ca()),
                Door.PLAIN,
                Door.TLS,
                " speaks plain text, and this binding expects TLS; look at authType, disableTls and the port in brokers");
        add(
                "login-expected",
                Map.of("authType", "none"),
                Door.SASL,
                Door.PLAIN,
                " expects a login (SASL), and authType has none; look at authType");
        add(
                "login-over-tls-expected",
                certificate(broker.ca()),
                Door.SASL_TLS,
                Door.TLS,
                " expects a login (SASL), and authType has none; look at authType");
        add(
                "no-login-expected",
                password(LoginFailureBroker.USER, LoginFailureBroker.PASSWORD, "PLAIN"),
                Door.PLAIN,
                Door.SASL,
                " has no login (SASL) on this port; look at authType and at the port in brokers");
    }

    List<Case> cases() {
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Order(1)
    void healthAndTheCallerAreToldWhatIsWrong(Case wrong) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(health("kafka:" + wrong.name())).startsWith(wrong.told()));
        if (wrong.consumes()) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(health("input:" + wrong.name()))
                    .contains(wrong.told()));
        }

        HttpResponse<String> answer = call(wrong, "\"too early\"");

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .startsWith("error invoking output binding " + wrong.name() + ": " + wrong.told());
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(500);
    }

    @Test
    @Order(2)
    void allGoOnWhenTheyAreMadeRight() {
        cases.forEach(wrong -> wrong.repair().run());

        for (Case right : cases) {
            String value = "\"of " + right.name() + "\"";
            await(right.name()).atMost(LIMIT).untilAsserted(() -> assertThat(call(right, value))
                    .extracting(HttpResponse::statusCode, HttpResponse::body)
                    .containsExactly(204, ""));
            await(right.name()).atMost(LIMIT).untilAsserted(() -> assertThat(health("kafka:" + right.name()))
                    .isEmpty());
        }
        for (String consuming : INPUTS) {
            await(consuming).atMost(LIMIT).untilAsserted(() -> assertThat(app.takenTexts("/" + consuming))
                    .containsAll(cases.stream()
                            .map(each -> "\"of " + each.name() + "\"")
                            .toList())
                    .doesNotContain("\"too early\""));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Order(3)
    void theLogSaidItOnce(Case wrong) {
        List<String> expected = wrong.consumes() ? List.of(TOLD_OF_OUTPUT, TOLD_OF_INPUT) : List.of(TOLD_OF_OUTPUT);

        List<String> messages = log().filter(line -> wrong.name().equals(line.getString("binding"))
                        && line.getString("reason", "").contains(wrong.told()))
                .map(line -> line.getString("msg"))
                .toList();

        assertThat(messages).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @Order(4)
    void kafkasOwnClientsAddNothingToIt() {
        process.assertUnharmed();
        assertThat(log())
                .extracting(line -> line.getString("scope"))
                .noneMatch(scope -> scope.startsWith("org.apache.kafka"));
    }

    private Stream<JsonObject> log() {
        return process.out().stream().filter(line -> line.startsWith("{")).map(JsonObject::new);
    }

    private HttpResponse<String> call(Case through, String data) {
        return gateway.create(through.name(), data).join();
    }

    private String health(String target) {
        return new JsonObject(gateway.health())
                .getJsonObject("targets")
                .getJsonObject(target)
                .getString("detail", "");
    }

    private void add(String name, Map<String, String> login, Door wrong, Door right, String message) {
        var relay = new LoginFailureRelay(vertx, broker.port(wrong));
        int repaired = broker.port(right);
        cases.add(new Case(component(name, relay, login), relay, message, () -> relay.leadTo(repaired)));
    }

    private void add(String name, Map<String, String> login, Door door, String message, Runnable repair) {
        var relay = new LoginFailureRelay(vertx, broker.port(door));
        cases.add(new Case(component(name, relay, login), relay, message, repair));
    }

    private static Component component(String name, LoginFailureRelay relay, Map<String, String> login) {
        Component component = Component.at(relay.address(), name)
                .with("publishTopic", "t")
                .with("maxMessageBytes", "100000")
                .with("metadataTimeout", "1s")
                .with("direction", "output");
        if (INPUTS.contains(name)) {
            component = component
                    .with("direction", "input, output")
                    .with("topics", "t")
                    .with("consumerGroup", name)
                    .with("initialOffset", "oldest");
        }
        for (Map.Entry<String, String> field : login.entrySet()) {
            component = component.with(field.getKey(), field.getValue());
        }
        return component;
    }

    private static Map<String, String> password(String user, String password, String mechanism) {
        return Map.of(
                "authType", "password",
                "saslUsername", user,
                "saslPassword", password,
                "saslMechanism", mechanism,
                "disableTls", "true");
    }

    private static Map<String, String> certificate(TestCa ca) {
        return Map.of("authType", "certificate", "caCert", ca.certificate());
    }

    private Map<String, String> mutual(Identity client) {
        return Map.of(
                "authType", "mtls",
                "caCert", broker.ca().certificate(),
                "clientCert", client.certificates(),
                "clientKey", client.key());
    }
}
