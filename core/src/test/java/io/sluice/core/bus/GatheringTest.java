package io.sluice.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatheringTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "15, 1", "16, 2", "64, 8", "128, 16", "384, 16", "2147483647, 16"})
    void aShareOfWhatIsInFlightIsEnough(int inFlight, int enough) {
        assertThat(Gathering.enough(inFlight)).isEqualTo(enough);
    }
}
