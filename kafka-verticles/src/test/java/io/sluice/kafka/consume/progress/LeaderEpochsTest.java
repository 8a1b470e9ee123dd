package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaderEpochsTest {
    private final LeaderEpochs epochs = new LeaderEpochs(new Commit(40, 2, ""));

    @Test
    void thePositionThatWasCommittedHasTheEpochOfItsCommit() {
        assertThat(epochs.before(40)).isEqualTo(2);
        assertThat(new LeaderEpochs(Commit.NONE).before(5)).isEqualTo(Commit.NO_EPOCH);
    }

    @Test
    void aPositionHasTheEpochOfTheLastRecordBelowIt() {
        epochs.add(40, 2);
        epochs.add(41, 5);
        epochs.add(42, 5);
        epochs.add(50, 6);

        assertThat(epochs.before(41)).isEqualTo(2);
        assertThat(epochs.before(42)).isEqualTo(5);
        assertThat(epochs.before(50)).isEqualTo(5);
        assertThat(epochs.before(51)).isEqualTo(6);
    }

    @Test
    void aLogThatWasCutHasNewEpochsFromThereOn() {
        epochs.add(41, 5);
        epochs.forgetFrom(41);

        assertThat(epochs.before(45)).isEqualTo(2);
        epochs.add(41, 5);
        assertThat(epochs.before(45)).isEqualTo(5);
        epochs.forgetFrom(0);
        assertThat(epochs.before(45)).isEqualTo(Commit.NO_EPOCH);
    }
}
