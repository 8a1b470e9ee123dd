package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.consume.progress.Checkpoint.Failed;
import io.sluice.kafka.consume.progress.Checkpoint.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionWindowTest {
    private final Map<Long, HeldRecord<String>> held = new HashMap<>();
    private PartitionWindow<String> window = new PartitionWindow<>(Checkpoint.at(40));

    @Test
    void theCommittedPositionStaysUntilARecordIsReceived() {
        assertThat(window.position()).isEqualTo(40);
        assertThat(new PartitionWindow<String>(Checkpoint.at(-1)).position()).isNegative();
    }

    @Test
    void thePositionIsTheLowestOffsetThatIsNotSettled() {
        receive(40, 41, 42);

        settle(41, 42);
        assertThat(window.position()).isEqualTo(40);
        settle(40);
        assertThat(window.position()).isEqualTo(43);
    }

    @Test
    void offsetsThatHoldNoRecordDoNotHoldThePosition() {
        receive(40, 47, 63);

        settle(40);
        assertThat(window.position()).isEqualTo(47);
        settle(63, 47);
        assertThat(window.position()).isEqualTo(64);
    }

    @Test
    void withNothingHeldThePositionFollowsTheConsumer() {
        receive(40);
        window.reached(45);
        assertThat(window.position()).isEqualTo(40);

        settle(40);
        assertThat(window.position()).isEqualTo(45);
    }

    @Test
    void whatIsSettledAboveThePositionIsTold() {
        receive(40, 41, 42, 44, 45, 47, 48, 49, 50);

        settle(47, 41, 42, 45, 50);

        assertThat(window.checkpoint())
                .isEqualTo(new Checkpoint(
                        40, List.of(new Range(41, 44), new Range(45, 48), new Range(50, 51)), List.of()));
    }

    @Test
    void aRecordThatAnEarlierOwnerSettledIsNotTakenAgain() {
        window = new PartitionWindow<>(new Checkpoint(40, List.of(new Range(41, 43), new Range(60, 61)), List.of()));

        receive(40, 41, 42, 43);

        assertThat(held).containsOnlyKeys(40L, 43L);
        assertThat(window.checkpoint().settled()).containsExactly(new Range(41, 43), new Range(60, 61));
    }

    @Test
    void refusalsOfAnEarlierOwnerAreRemembered() {
        window = new PartitionWindow<>(
                new Checkpoint(40, List.of(), List.of(new Failed(40, 3, 1_000), new Failed(50, 1, 2_000))));

        receive(40, 41);

        assertThat(held.get(40L).attempts()).isEqualTo(3);
        assertThat(held.get(41L).attempts()).isZero();
        assertThat(window.checkpoint().failed()).containsExactly(new Failed(40, 3, 1_000), new Failed(50, 1, 2_000));
    }

    @Test
    void aRewoundLogForgetsWhatWasKnownFromThereOn() {
        window = new PartitionWindow<>(new Checkpoint(40, List.of(new Range(80, 90)), List.of()));
        receive(40, 41, 42, 43);
        settle(41, 42);
        var forgotten = new ArrayList<Long>();

        window.rewind(42, record -> forgotten.add(record.offset()));

        assertThat(forgotten).containsExactly(43L);
        assertThat(window.expected()).isEqualTo(42);
        assertThat(window.checkpoint()).isEqualTo(new Checkpoint(40, List.of(new Range(41, 42)), List.of()));
    }

    @Test
    void recordsAndBytesHeldAreCounted() {
        receive(40, 41, 42);
        settle(41);
        assertThat(window.records()).isEqualTo(2);
        assertThat(window.bytes()).isEqualTo(20);

        window.rewind(42, record -> {});
        settle(40);
        assertThat(window.records()).isZero();
        assertThat(window.bytes()).isZero();
    }

    @Test
    void thousandsOfRecordsSettledInAnyOrderLeaveNothingBehind() {
        var offsets = new ArrayList<Long>();
        for (long offset = 40; offset < 20_040; offset++) {
            offsets.add(offset);
            receive(offset);
        }
        Collections.shuffle(offsets, new Random(1));

        offsets.subList(0, 10_000).forEach(this::settle);
        List<Long> open = offsets.subList(10_000, 20_000).stream().sorted().toList();
        assertThat(window.position()).isEqualTo(open.get(0));
        open.forEach(this::settle);

        assertThat(window.checkpoint()).isEqualTo(Checkpoint.at(20_040));
        assertThat(window.oldest()).isNull();
    }

    private void receive(long... offsets) {
        for (long offset : offsets) {
            var record = new HeldRecord<>(offset, null, 10, "record", 0);
            if (window.add(record)) {
                held.put(offset, record);
            }
        }
    }

    private void settle(long... offsets) {
        for (long offset : offsets) {
            window.settle(held.remove(offset));
        }
    }
}
