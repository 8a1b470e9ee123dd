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
    void thePauseDoublesFromRoundToRoundUpToThreeSeconds() {
        long now = 0;
        for (long pause : new long[] {100, 200, 400, 800, 1_600, 3_000, 3_000}) {
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

    @Test
    void oneRecordAsksForAll() {
        assertThat(reachability.room(0)).isEqualTo(Reachability.ALL);
        reachability.unreachable(0);

        assertThat(reachability.room(100)).isEqualTo(1);
        reachability.trying(1, 100);
        assertThat(reachability.room(200)).isZero();

        reachability.reached();
        assertThat(reachability.room(200)).isEqualTo(Reachability.ALL);
    }

    @Test
    void oneThatTakesItsTimeHoldsTheOthersUpNoLongerThanASecondEach() {
        reachability.unreachable(0);
        reachability.trying(1, 100);

        assertThat(reachability.moreAt(400)).hasValue(1_100);
        assertThat(reachability.room(1_100)).isEqualTo(1);
        reachability.trying(1, 1_100);
        assertThat(reachability.moreAt(1_100)).hasValue(2_100);
        assertThat(reachability.room(2_100)).isEqualTo(2);
        assertThat(reachability.room(Long.MAX_VALUE / 2)).isPositive();
    }

    @Test
    void anotherRoundBeginsWithOneAgain() {
        reachability.unreachable(0);
        reachability.trying(1, 100);
        reachability.trying(1, 1_100);

        reachability.unreachable(1_200);

        assertThat(reachability.room(1_400)).isEqualTo(1);
        assertThat(reachability.moreAt(1_400)).isEmpty();
    }

    @Test
    void oneThatDidNotComeAsFarAsTheAppDoesNotCount() {
        reachability.unreachable(0);
        reachability.trying(1, 100);

        reachability.notTried();

        assertThat(reachability.room(100)).isEqualTo(1);
    }
}
