package io.sluice.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldTokenTest {
    private static final long NOW = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "PT1H, PT48M", // 80 %
        "PT10S, PT7S", // three seconds ahead
        "PT2S, PT1S", // never in the first half
        "PT0.1S, PT0.05S"
    })
    void theNextTokenIsFetchedAheadOfTheEnd(Duration lifetime, Duration refreshAfter) {
        assertThat(held(lifetime).refreshAt()).isEqualTo(NOW + refreshAfter.toMillis());
    }

    @Test
    void aTokenIsGoodUntilItsEnd() {
        HeldToken token = held(Duration.ofSeconds(10));

        assertThat(token.isGoodAt(NOW)).isTrue();
        assertThat(token.isGoodAt(NOW + 9_999)).isTrue();
        assertThat(token.isGoodAt(NOW + 10_000)).isFalse();
    }

    private static HeldToken held(Duration lifetime) {
        return HeldToken.of(new Token(new Secret("t"), lifetime), NOW);
    }
}
