package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireHeadersTest {

    /** Around the number from which on they are looked up, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 1_000})
    void ofOneNameTheLastValueCountsHoweverManyThereAre(int names) {
        var headers = new WireHeaders(false);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < names; i++) {
                headers.putOctets("Name-" + i, new byte[] {(byte) ('a' + round)});
            }
        }

        assertThat(all(headers)).hasSize(names).allSatisfy((name, value) -> assertThat(value)
                .isEqualTo("b"));
    }

    @Test
    void theWorkGrowsWithTheNumberAndNotWithItsSquare() {
        var headers = new WireHeaders(false);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 300_000; i++) {
                headers.putOctets("name-" + i, new byte[0]);
            }
        });

        assertThat(all(headers)).hasSize(300_000);
    }

    private static Map<String, String> all(WireHeaders headers) {
        var all = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> assertThat(all.put(name, value)).isNull());
        return all;
    }
}
