package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tokens that a broker does not take, and a token server that gives none. */
class TokenRefusalIT extends LoginFailureSteps {
    private final OidcServer server = new OidcServer().up();
    private final OidcKafka kafka = OidcKafka.start(server, Duration.ofHours(1), Map.of(TOPIC, 1));

    @Override
    List<LoginFailureCase> newCases() {
        return new TokenRefusalCases(server, kafka).all();
    }

    @Test
    @Order(5)
    void theLogShowsOnceWhatEachRefusedTokenSaysOfItself() {
        List<JsonObject> refused = log().filter(line -> line.getString("msg").startsWith("brokers refuse this token"))
                .toList();

        assertThat(refused)
                .hasSize(7)
                .allMatch(line -> line.getString("from").equals("oidcTokenEndpoint " + server.tokenEndpoint()))
                .allMatch(line -> Instant.parse(line.getString("token.nbf"))
                        .isBefore(Instant.parse(line.getString("token.exp"))));
        assertThat(refused).extracting(line -> line.getString("token.sub")).doesNotHaveDuplicates();
        assertThat(refused).extracting(line -> line.getString("token.aud")).containsOnlyOnce("another");
        assertThat(refused).extracting(line -> line.getString("token.scope")).containsOnlyOnce("another");
        assertThat(refused).extracting(line -> line.getString("token.iss")).containsOnlyOnce("https://another.example");
    }

    @Override
    String openDoor() {
        return kafka.bootstrapServers();
    }

    @Override
    void closeBroker() {
        kafka.close();
        server.close();
    }
}
