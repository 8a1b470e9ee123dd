package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "4Mi, 4194304",
        "4194304, 4194304",
        "10M, 10000000",
        "1.5Ki, 1536",
        ".5k, 500",
        "4e6, 4000000",
        "1E3, 1000",
        "2E, 2000000000000000000",
        "1500m, 2",
        "1n, 1",
        "+1, 1",
        "-1, -1",
        "0, 0",
        "9Ei, 9223372036854775807",
        "1e99, 9223372036854775807"
    })
    void aQuantityIsReadAsKubernetesReadsIt(String text, long value) {
        assertThat(Quantity.parse(text)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "4 Mi", "4MB", "4mi", "1e", "1e1000", ".", "1,5", "0x10", "NaN"})
    void anythingElseIsNone(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }
}
