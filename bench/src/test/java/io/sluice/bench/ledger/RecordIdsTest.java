package io.sluice.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdsTest {
    @Test
    void theFirstIdOfTheValueIsRead() {
        assertThat(numberIn("{\"a\":7,\"id\":1000000042,\"b\":{\"id\":3}}")).isEqualTo(1_000_000_042L);
    }

    @Test
    void anIdAtTheVeryEndIsRead() {
        assertThat(numberIn("\"id\":5")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"id\":", "{\"id\":\"5\"}", "{\"idx\":5}"})
    void aValueWithoutAnIdHasNone(String value) {
        assertThat(numberIn(value)).isEqualTo(-1);
    }

    private static long numberIn(String value) {
        return RecordIds.numberIn(value.getBytes(StandardCharsets.UTF_8));
    }
}
