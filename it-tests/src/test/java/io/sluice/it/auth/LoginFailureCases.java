package io.sluice.it.auth;

import io.sluice.it.auth.LoginFailureBroker.Door;
import io.sluice.it.gateway.Component;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ScramMechanism;

/** One binding for each way in which a login can be wrong. */
final class LoginFailureCases {
    /** These also consume. */
    private static final List<String> INPUTS =
            List.of("mechanism", "unknown-user", "denied", "expired", "tls-expected");

    private final Vertx vertx;
    private final LoginFailureBroker broker;
    private final List<LoginFailureCase> cases = new ArrayList<>();

    LoginFailureCases(Vertx vertx, LoginFailureBroker broker) {
        this.vertx = vertx;
        this.broker = broker;
        passwords();
        certificates();
        listeners();
    }

    List<LoginFailureCase> all() {
        return cases;
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
                () -> broker.empower(LoginFailureSteps.TOPIC));
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

    private void add(String name, Map<String, String> login, Door wrong, Door right, String message) {
        var relay = new LoginFailureRelay(vertx, broker.port(wrong));
        int repaired = broker.port(right);
        cases.add(failure(component(name, relay.address(), login), relay, message, () -> relay.leadTo(repaired)));
    }

    private void add(String name, Map<String, String> login, Door door, String message, Runnable repair) {
        var relay = new LoginFailureRelay(vertx, broker.port(door));
        cases.add(failure(component(name, relay.address(), login), relay, message, repair));
    }

    private static LoginFailureCase failure(
            Component component, LoginFailureRelay relay, String message, Runnable repair) {
        return LoginFailureCase.of(component, "kafka at " + relay.address() + message, repair);
    }

    private static Component component(String name, String address, Map<String, String> login) {
        Component component = Component.at(address, name)
                .with("publishTopic", LoginFailureSteps.TOPIC)
                .with("maxMessageBytes", "100000")
                .with("metadataTimeout", "1s")
                .with("direction", "output");
        if (INPUTS.contains(name)) {
            component = component
                    .with("direction", "input, output")
                    .with("topics", LoginFailureSteps.TOPIC)
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
