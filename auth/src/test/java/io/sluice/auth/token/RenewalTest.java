package io.sluice.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private static final long HOUR_MS = 3_600_000;

    private final Renewal renewal = new Renewal();

    @Test
    void aTokenThatJustCameIsGivenAMoment() {
        assertThat(renewal.isDue(1_000, 2_999)).isFalse();
        assertThat(renewal.isDue(1_000, 3_000)).isTrue();
    }

    @Test
    void theMoreOftenItIsRefusedTheMoreSeldomItIsDueUpToAMinute() {
        assertThat(dueTimes(0, 300_000))
                .containsExactly(2_000L, 6_000L, 14_000L, 30_000L, 62_000L, 122_000L, 182_000L, 242_000L);
    }

    @Test
    void onlyTheFirstRefusalIsNews() {
        assertThat(LongStream.range(0, 500).filter(second -> renewal.isNews(1_000 * second)))
                .containsExactly(0L);
        assertThat(renewal.isNews(HOUR_MS)).isTrue();
        assertThat(renewal.isNews(HOUR_MS)).isFalse();
    }

    @Test
    void afterALongTimeWithoutARefusalItIsDueAtOnceAndSoonAgain() {
        dueTimes(0, 300_000);

        assertThat(dueTimes(HOUR_MS, HOUR_MS + 10_000)).containsExactly(HOUR_MS, HOUR_MS + 4_000);
    }

    /** Of an old token that is refused every second. */
    private List<Long> dueTimes(long from, long to) {
        return LongStream.iterate(from, now -> now < to, now -> now + 1_000)
                .peek(renewal::isNews)
                .filter(now -> renewal.isDue(0, now))
                .boxed()
                .toList();
    }
}
