package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void theMiddleOfAnOddNumberOfValues() {
        assertThat(Median.of(List.of(9, 1, 2), Integer::doubleValue)).isEqualTo(2);
    }

    @Test
    void theMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Median.of(List.of(9, 1, 2, 4), Integer::doubleValue)).isEqualTo(3);
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(Median.of(List.<Integer>of(), Integer::doubleValue)).isNaN();
    }
}
