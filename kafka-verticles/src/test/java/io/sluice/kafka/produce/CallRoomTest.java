package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRoomTest {
    private static final int SMALL = 100;
    private static final int WEIGHT = SMALL + CallRoom.OVERHEAD;

    private final CallRoom.Heap heap = CallRoom.Heap.of(30L * WEIGHT);
    private final CallRoom room = new CallRoom(1 << 20, heap);

    @Test
    void smallCallsAreBoundedByWhatTheyCostAndNotByTheirRecords() {
        assertThat(taken(room, 100)).isEqualTo(20);
    }

    @Test
    void whoStandsStillLeavesRoomForOthersButNotMoreThanThereIs() {
        taken(room, 100);

        assertThat(taken(new CallRoom(1 << 20, heap), 100)).isEqualTo(10);
        assertThat(taken(new CallRoom(1 << 20, heap), 100)).isZero();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        int taken = taken(room, 100);
        IntStream.range(0, taken).forEach(i -> room.giveBack(SMALL));

        assertThat(room.takenOfHeap()).isZero();
        assertThat(taken(room, 100)).isEqualTo(taken);
    }

    @Test
    void aRefusedCallTakesNothing() {
        taken(room, 100);
        long before = room.takenOfHeap();

        assertThat(room.tryTake(SMALL)).isFalse();

        assertThat(room.takenOfHeap()).isEqualTo(before);
        room.giveBack(SMALL);
        assertThat(room.tryTake(SMALL)).isTrue();
    }

    @Test
    void theBufferBoundsTheBytesOfRecords() {
        var narrow = new CallRoom(3 * SMALL, heap);

        assertThat(taken(narrow, 100)).isEqualTo(3);
    }

    @Test
    void aCallThatIsLargerThanAllThereIsGoesAlone() {
        assertThat(room.tryTake(60 * WEIGHT)).isTrue();
        assertThat(room.tryTake(SMALL)).isFalse();

        room.giveBack(60 * WEIGHT);

        assertThat(room.tryTake(SMALL)).isTrue();
    }

    private static int taken(CallRoom room, int attempts) {
        return (int)
                IntStream.range(0, attempts).filter(i -> room.tryTake(SMALL)).count();
    }
}
