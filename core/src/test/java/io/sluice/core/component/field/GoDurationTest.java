package io.sluice.core.component.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, PT0.3S",
        "1.5h, PT1H30M",
        "2m30s, PT2M30S",
        "-1.5s, PT-1.5S",
        "+5s, PT5S",
        "1us, PT0.000001S",
        "1µs, PT0.000001S",
        "1ns, PT0.000000001S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "0, PT0S",
        "90, PT1M30S",
        "-3, PT-3S",
        "2562047h47m16.854775807s, PT2562047H47M16.854775807S"
    })
    void goDurations(String text, Duration expected) {
        assertThat(GoDuration.parse(text, ChronoUnit.SECONDS)).contains(expected);
    }

    @Test
    void aBareNumberIsInTheUnitOfTheField() {
        assertThat(GoDuration.parse("100", ChronoUnit.MILLIS)).contains(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "1d",
                "1.5",
                "5 s",
                "--5s",
                "5s-1s",
                "1e3s",
                ".",
                ".s",
                "5S",
                "٣s",
                "2562048h",
                "9223372036855",
                "99999999999999999999"
            })
    void whatIsNoDuration(String text) {
        assertThat(GoDuration.parse(text, ChronoUnit.SECONDS)).isEmpty();
    }
}
