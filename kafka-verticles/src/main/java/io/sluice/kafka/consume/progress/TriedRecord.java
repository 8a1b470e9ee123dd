package io.sluice.kafka.consume.progress;

import io.sluice.kafka.consume.progress.PartitionSnapshot.Stage;

/**
 * A record that was delivered at least once and is not settled.
 *
 * @param dispatch tells its deliveries from each other
 * @param time as of {@link PartitionSnapshot.Oldest}
 * @param refusals how often it was refused
 */
public record TriedRecord(long offset, int dispatch, Stage stage, long time, int refusals) {
    static TriedRecord of(HeldRecord<?> held) {
        return new TriedRecord(held.offset(), held.dispatches, Stage.of(held), Stage.timeOf(held), held.attempts());
    }
}
