package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords that mean something to the formats they pass through: the broker's user has that very password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePasswordIT {
    private static final Map<String, String> PASSWORDS = Map.of(
            "quotes", "'\"`\"'",
            "backslashes", "\\\\n\\\"\\",
            "semicolons", "a;b; required;",
            "spaces", "  around and   within  ",
            "options", "x\" tokenauth=\"true",
            "commas", "=,=2C,n=user,r=",
            "emoji", "\uD83D\uDD11 schl\u00FCssel",
            "long", "0123456\\89\";".repeat(400).substring(0, 4096));

    private final List<String> bindings = new ArrayList<>();
    private SecureKafka kafka;
    private TestGateway gateway;

    @BeforeAll
    void start() {
        kafka = SecureKafka.start(Door.sasl("SASL").forPasswords(PASSWORDS));
        PASSWORDS.forEach(kafka::addScramUser);
        String topic = kafka.plain().newTopic();
        List<Component> components = PASSWORDS.keySet().stream()
                .flatMap(user -> Stream.of("PLAINTEXT", "SHA-256", "SHA-512").map(mechanism -> output(user, mechanism)))
                .map(component -> component.with("publishTopic", topic))
                .toList();
        components.forEach(component -> bindings.add(component.name()));
        gateway = TestGateway.start(components.toArray(Component[]::new));
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void logsIn(String binding) {
        assertThat(gateway.call(binding, TestGateway.envelope("1")).statusCode())
                .isEqualTo(204);
    }

    private List<String> bindings() {
        return bindings;
    }

    private Component output(String user, String mechanism) {
        return Component.at(
                        kafka.at("SASL"),
                        user + "-" + mechanism.replace("-", "").toLowerCase(Locale.ROOT))
                .with("authType", "password")
                .with("saslUsername", user)
                .with("saslPassword", PASSWORDS.get(user))
                .with("saslMechanism", mechanism)
                .with("disableTls", "true")
                .with("direction", "output");
    }
}
