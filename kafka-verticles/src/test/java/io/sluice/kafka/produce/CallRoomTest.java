package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRoomTest {
    private static final int SMALL = 100;
    private static final int WEIGHT = SMALL + HeapBudget.CALL;

    private final ByteBudget calls = new ByteBudget(30L * WEIGHT);
    private final CallRoom room = new CallRoom(1 << 20, calls);

    @Test
    void smallCallsAreBoundedByWhatTheyCostAndNotByTheirRecords() {
        assertThat(taken(room, 100)).isEqualTo(20);
    }

    @Test
    void whoStandsStillLeavesRoomForOthersButNotMoreThanThereIs() {
        taken(room, 100);

        assertThat(taken(new CallRoom(1 << 20, calls), 100)).isEqualTo(10);
        assertThat(taken(new CallRoom(1 << 20, calls), 100)).isZero();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        int taken = taken(room, 100);
        IntStream.range(0, taken).forEach(i -> room.giveBack(SMALL, false));

        assertThat(calls.reserved()).isZero();
        assertThat(taken(room, 100)).isEqualTo(taken);
    }

    @Test
    void aRefusedCallTakesNothing() {
        taken(room, 100);
        long before = calls.reserved();

        assertThat(room.tryTake(SMALL, false)).isFalse();

        assertThat(calls.reserved()).isEqualTo(before);
        room.giveBack(SMALL, false);
        assertThat(room.tryTake(SMALL, false)).isTrue();
    }

    @Test
    void aCallThatIsCountedAlreadyIsNotCountedTwice() {
        calls.reserve(30L * WEIGHT);

        assertThat(room.tryTake(SMALL, true)).isTrue();
        assertThat(room.tryTake(SMALL, false)).isFalse();
        room.giveBack(SMALL, true);

        assertThat(calls.reserved()).isEqualTo(30L * WEIGHT);
    }

    @Test
    void theBufferBoundsTheBytesOfRecords() {
        var narrow = new CallRoom(3 * SMALL, calls);

        assertThat(taken(narrow, 100)).isEqualTo(3);
    }

    @Test
    void aCallThatIsLargerThanAllThereIsGoesAlone() {
        assertThat(room.tryTake(60 * WEIGHT, false)).isTrue();
        assertThat(room.tryTake(SMALL, false)).isFalse();

        room.giveBack(60 * WEIGHT, false);

        assertThat(room.tryTake(SMALL, false)).isTrue();
    }

    private static int taken(CallRoom room, int attempts) {
        return (int) IntStream.range(0, attempts)
                .filter(i -> room.tryTake(SMALL, false))
                .count();
    }
}
