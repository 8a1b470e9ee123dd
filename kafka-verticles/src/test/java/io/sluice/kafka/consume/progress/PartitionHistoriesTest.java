package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random completion order, failures, retries, rebalances, crashes, gaps and truncation, against {@link PartitionModel}.
 * {@code -Dsluice.deep=true} plays a million histories; {@code -Dsluice.history=SEED} plays one again.
 */
class PartitionHistoriesTest {
    private static final int HISTORIES = Boolean.getBoolean("sluice.deep") ? 1_000_000 : 50_000;

    @Test
    void noHistoryLosesReordersOrStarvesARecord() {
        Long only = Long.getLong("sluice.history");
        if (only != null) {
            play(only);
            return;
        }
        long first = System.nanoTime();
        var seeds = new SplittableRandom(first);
        int played = 0;
        long deliveries = 0;
        while (played < HISTORIES) {
            deliveries += play(seeds.nextLong());
            played++;
        }
        System.out.printf(
                "%,d partition histories with %,d deliveries from seed %d, all as the model has them%n",
                played, deliveries, first);
        // A generator that goes quiet would prove nothing.
        assertThat(deliveries).isGreaterThan(5L * played);
        assertThat(played).isGreaterThanOrEqualTo(50_000);
    }

    private static int play(long seed) {
        try {
            return new PartitionHistory(seed).play();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("the history of -Dsluice.history=" + seed + ": " + e.getMessage(), e);
        }
    }
}
