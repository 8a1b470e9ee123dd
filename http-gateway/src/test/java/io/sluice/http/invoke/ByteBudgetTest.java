package io.sluice.http.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100, "http");

    @Test
    void whatDoesNotFitTakesNothing() {
        assertThat(budget.reserve(60)).isTrue();
        assertThat(budget.reserve(41)).isFalse();
        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.reserve(40)).isTrue();
    }

    @Test
    void whatIsGivenBackCanBeReservedAgain() {
        assertThat(budget.reserve(100)).isTrue();
        budget.release(30);

        assertThat(budget.reserve(30)).isTrue();
        assertThat(budget.reserve(Long.MAX_VALUE)).isFalse();
    }
}
