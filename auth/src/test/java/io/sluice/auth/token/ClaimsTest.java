package io.sluice.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sluice.core.binding.Secret;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    @Test
    void whatBrokersLookAtIsShownAndNothingElse() {
        Map<String, String> claims = claims("{\"iss\":\"https://idp\",\"sub\":\"shop\",\"aud\":[\"kafka\",\"b\"],"
                + "\"scope\":\"read\\nwrite\",\"nbf\":0,\"exp\":1767225600.5,\"secret\":\"x\"}");

        assertThat(claims)
                .containsExactly(
                        entry("iss", "https://idp"),
                        entry("sub", "shop"),
                        entry("aud", "[\"kafka\",\"b\"]"),
                        entry("scope", "read write"),
                        entry("nbf", "1970-01-01T00:00:00Z"),
                        entry("exp", "2026-01-01T00:00:00Z"));
    }

    @Test
    void aLongOneIsCut() {
        assertThat(claims("{\"iss\":\"" + "x".repeat(5_000) + "\"}").get("iss")).hasSize(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.b.c", "a.b.c.d", "a.%.c", "a.e30.c", "a.W10.c", "a.bnVsbA.c"})
    void whatIsNoTokenOfThatKindSaysNothing(String token) {
        assertThat(Claims.of(new Secret(token))).isEmpty();
    }

    @Test
    void aTimeBeyondAllCalendarsIsNoReasonToFail() {
        assertThat(claims("{\"exp\":9e18}")).isEmpty();
    }

    private static Map<String, String> claims(String json) {
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
        return Claims.of(new Secret("e30." + payload + ".c2ln"));
    }
}
