package io.sluice.it.auth;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tokens that a broker does not take, and a token server that gives none. */
class TokenRefusalIT extends LoginFailureSteps {
    private final OidcServer server = new OidcServer().up();
    private final OidcKafka kafka = OidcKafka.start(server, Duration.ofHours(1), Map.of(TokenRefusalCases.TOPIC, 1));

    @Override
    List<LoginFailureCase> newCases() {
        return new TokenRefusalCases(server, kafka).all();
    }

    @Override
    void closeBroker() {
        kafka.close();
        server.close();
    }
}
