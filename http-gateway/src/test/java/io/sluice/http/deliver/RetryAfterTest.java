package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-06T08:49:37Z");

    @ParameterizedTest
    @CsvSource({"429, 7", "503, 7", "503, ' 7 '"})
    void secondsAreSeconds(int status, String value) {
        assertThat(RetryAfter.pause(status, value, NOW)).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Fri, 06 Nov 2026 08:50:07 GMT", "Friday, 06-Nov-26 08:50:07 GMT", "Fri Nov  6 08:50:07 2026"})
    void aDateMeansUntilThen(String date) {
        assertThat(RetryAfter.pause(503, date, NOW)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "soon", "", "Fri, 06 Nov 2026 08:49:07 GMT", "Fri, 06 Nov 2026"})
    void whatIsOverOrCannotBeReadAsksForNothing(String value) {
        assertThat(RetryAfter.pause(429, value, NOW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500, 502, 0})
    void otherStatusesAskForNothing(int status) {
        assertThat(RetryAfter.pause(status, "7", NOW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "99999999999", "999999999999999999", "Fri, 06 Nov 2099 08:49:37 GMT"})
    void aPauseOfYearsIsASlip(String value) {
        assertThat(RetryAfter.pause(503, value, NOW)).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "12345678901234567890123"})
    void moreDigitsThanANumberHasAskForNothing(String value) {
        assertThat(RetryAfter.pause(503, value, NOW)).isZero();
    }
}
