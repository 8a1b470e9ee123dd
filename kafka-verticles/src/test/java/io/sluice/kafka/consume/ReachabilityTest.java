package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReachabilityTest {
    private final Reachability reachability = new Reachability();

    @Test
    void allThatFailInOneRoundWaitForTheSameTime() {
        assertThat(reachability.unreachable(1_000)).isEqualTo(1_100);
        assertThat(reachability.unreachable(1_050)).isEqualTo(1_100);
        assertThat(reachability.pauseAt(1_050)).isEqualTo(50);
    }

    @Test
    void thePauseDoublesFromRoundToRoundUpToFiveSeconds() {
        long now = 0;
        for (long pause : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000}) {
            assertThat(reachability.unreachable(now)).isEqualTo(now + pause);
            now += pause;
        }
    }

    @Test
    void whoeverWasReachedMakesItStartOver() {
        reachability.unreachable(0);
        reachability.unreachable(100);

        reachability.reached();

        assertThat(reachability.pauseAt(101)).isZero();
        assertThat(reachability.unreachable(101)).isEqualTo(201);
    }
}
