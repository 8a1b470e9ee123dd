package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.BackOff.Policy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Blocked;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Oldest;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Pause;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Stage;
import io.sluice.kafka.consume.progress.Refusal.Exhausted;
import io.sluice.kafka.consume.progress.Refusal.RetryAt;
import io.sluice.kafka.consume.progress.Refusal.TooLate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final PartitionLimits LIMITS = new PartitionLimits(4, 100, 3, 100, CommitMetadata.MAX_CHARS);

    private PartitionProgress<String> progress = startFrom(Commit.NONE);

    @Test
    void withoutACommitAndWithoutARecordThereIsNothingToCommit() {
        assertThat(progress.toCommit()).isEmpty();
    }

    @Test
    void aCommitIsOfferedUntilTheBrokerTookIt() {
        receive(7);
        Attempt<String> attempt = dispatch().get(0);
        assertThat(progress.toCommit()).contains(new Commit(7, ""));

        assertThat(progress.settled(attempt)).isTrue();
        assertThat(progress.toCommit()).contains(new Commit(8, ""));
        progress.committed(new Commit(8, ""));
        assertThat(progress.toCommit()).isEmpty();
    }

    @Test
    void theNextOwnerDeliversOnlyWhatWasNotSettledAndKnowsTheRefusals() {
        receive(7, 8, 9);
        List<Attempt<String>> attempts = dispatch();
        progress.settled(attempts.get(1));
        progress.refused(attempts.get(0), NOW + 5);

        progress = startFrom(progress.toCommit().orElseThrow());
        receive(7, 8, 9);

        List<Attempt<String>> again = dispatch();
        assertThat(again).extracting(Attempt::offset).containsExactly(7L, 9L);
        assertThat(again).extracting(Attempt::refusals).containsExactly(1, 0);
        assertThat(again.get(0).held().firstFailureAt()).isEqualTo(NOW + 5);
    }

    @Test
    void aRefusedRecordIsRetriedUntilTheBackOffEnds() {
        receive(7);

        assertThat(progress.refused(dispatch().get(0), NOW)).isEqualTo(new RetryAt(NOW + 50));
        assertThat(progress.nextRetryAt()).hasValue(NOW + 50);
        Attempt<String> last = progress.next(NOW + 50).orElseThrow();
        assertThat(progress.refused(last, NOW + 50)).isEqualTo(new Exhausted(2));
        assertThat(progress.isDrained()).isFalse();

        assertThat(progress.settled(last)).isTrue();
        assertThat(progress.isDrained()).isTrue();
    }

    @Test
    void theAnswerToAnEarlierAttemptComesTooLate() {
        receive(7);
        Attempt<String> first = dispatch().get(0);
        progress.refused(first, NOW);
        progress.next(NOW + 50);

        assertThat(progress.settled(first)).isFalse();
        assertThat(progress.refused(first, NOW)).isEqualTo(new TooLate());
        assertThat(progress.toCommit().orElseThrow().offset()).isEqualTo(7);
    }

    @Test
    void whileDrainingNothingStartsAndResultsCount() {
        receive(7, 8, 9, 10);
        List<Attempt<String>> attempts = dispatch();

        progress.drain();

        assertThat(progress.next(NOW)).isEmpty();
        attempts.forEach(attempt -> assertThat(progress.settled(attempt)).isTrue());
        assertThat(progress.isDrained()).isTrue();
        assertThat(progress.toCommit()).contains(new Commit(10, ""));
    }

    @Test
    void afterTheAssignmentNothingCountsAndNothingIsCommitted() {
        receive(7);
        Attempt<String> attempt = dispatch().get(0);

        progress.close();
        progress.drain();

        assertThat(progress.settled(attempt)).isFalse();
        assertThat(progress.refused(attempt, NOW)).isEqualTo(new TooLate());
        assertThat(progress.toCommit()).isEmpty();
        assertThat(progress.next(NOW)).isEmpty();
    }

    @Test
    void aBlockedRecordHoldsItsLaneAndIsExplained() {
        receive(7, 8);
        List<Attempt<String>> attempts = dispatch();
        progress.refused(attempts.get(0), NOW);
        Attempt<String> last = progress.next(NOW + 50).orElseThrow();
        progress.refused(last, NOW + 60);

        assertThat(progress.blocked(last, "status 500", NOW + 70)).isTrue();
        assertThat(progress.settled(attempts.get(1))).isTrue();

        PartitionSnapshot snapshot = progress.snapshot(NOW + 100);
        assertThat(snapshot.position()).isEqualTo(7);
        assertThat(snapshot.expected()).isEqualTo(9);
        assertThat(snapshot.oldest()).contains(new Oldest(7, 100, 2, Stage.BLOCKED, NOW + 70));
        assertThat(snapshot.blocked())
                .containsExactly(new Blocked(ByteBuffer.wrap(new byte[] {7}), 7, NOW + 70, "status 500"));
        assertThat(snapshot.inFlight()).isZero();
    }

    @Test
    void recordsThatCannotMoveTakeNoRoomFromOthersUpToABound() {
        var limits = new PartitionLimits(8, 1_000, 8, 1_000, CommitMetadata.MAX_CHARS);
        var noRetries = new RetrySchedule(
                false,
                new BackOff(Policy.CONSTANT, Duration.ZERO, Duration.ZERO, 0, 1, Duration.ZERO, Duration.ZERO, -1),
                () -> 0);
        progress = new PartitionProgress<>(limits, Ordering.KEY, noRetries, Commit.NONE);
        for (int offset = 0; offset < 8; offset++) {
            receive(offset);
        }
        assertThat(progress.pause()).contains(Pause.RECORDS);
        List<Attempt<String>> attempts = dispatch();
        for (Attempt<String> attempt : attempts.subList(0, 5)) {
            progress.refused(attempt, NOW);
            progress.blocked(attempt, "status 500", NOW);
        }
        attempts.subList(5, 8).forEach(progress::settled);

        assertThat(progress.hasRoom()).isTrue();

        for (int offset = 8; progress.pause().isEmpty(); offset++) {
            receive(offset);
            Attempt<String> next = progress.next(NOW).orElseThrow();
            progress.refused(next, NOW);
            progress.blocked(next, "status 500", NOW);
        }
        assertThat(progress.pause()).contains(Pause.STUCK);
        assertThat(progress.snapshot(NOW).records()).isEqualTo(limits.heldRecords());
        assertThat(progress.hasRoom()).isFalse();
    }

    @Test
    void aRefusalThatAsksForAPauseWaitsForItAndIsNeverTheLast() {
        receive(7);
        long now = NOW;
        for (int i = 0; i < 5; i++) {
            assertThat(progress.refused(progress.next(now).orElseThrow(), 3_000, now))
                    .isEqualTo(new RetryAt(now + 3_000));
            assertThat(progress.next(now + 2_999)).isEmpty();
            now += 3_000;
        }

        Attempt<String> attempt = progress.next(now).orElseThrow();
        assertThat(attempt.refusals()).isZero();
        assertThat(progress.refused(attempt, now)).isEqualTo(new RetryAt(now + 50));
        assertThat(progress.refused(progress.next(now + 50).orElseThrow(), now + 50))
                .isEqualTo(new Exhausted(2));
    }

    @Test
    void theStageOfTheOldestRecordIsKnownAllTheWay() {
        receive(7);
        assertThat(oldest()).isEqualTo(new Oldest(7, 100, 0, Stage.WAITING, NOW));

        Attempt<String> first = progress.next(NOW + 10).orElseThrow();
        assertThat(oldest()).isEqualTo(new Oldest(7, 100, 0, Stage.DELIVERING, NOW + 10));

        progress.refused(first, NOW + 20);
        assertThat(oldest().stage()).isEqualTo(Stage.RETRYING);
        long due = progress.nextRetryAt().orElseThrow();
        assertThat(oldest().time()).isEqualTo(due);

        progress.refused(progress.next(due).orElseThrow(), due + 10);
        assertThat(oldest()).isEqualTo(new Oldest(7, 100, 2, Stage.DEAD_LETTERING, due + 10));
    }

    private Oldest oldest() {
        return progress.snapshot(NOW + 100).oldest().orElseThrow();
    }

    @Test
    void recordsThatWereTriedAreFoundAndNoOthers() {
        receive(7, 8, 9, 10);
        Attempt<String> retried = progress.next(NOW).orElseThrow();
        Attempt<String> ended = progress.next(NOW).orElseThrow();
        progress.next(NOW + 5).orElseThrow();
        progress.settled(ended);
        progress.refused(retried, NOW + 6);

        var tried = new ArrayList<TriedRecord>();
        progress.forEachTried(tried::add);

        assertThat(tried)
                .containsExactly(
                        new TriedRecord(7, 1, Stage.RETRYING, NOW + 56, 1),
                        new TriedRecord(9, 1, Stage.DELIVERING, NOW + 5, 0));
        assertThat(progress.isUntroubled()).isFalse();
    }

    @Test
    void aFullWindowAsksForAPauseAndSaysWhy() {
        receive(1, 2, 3);
        assertThat(progress.pause()).isEmpty();
        receive(4);
        assertThat(progress.pause()).contains(Pause.RECORDS);
        progress.settled(dispatch().get(0));
        assertThat(progress.pause()).isEmpty();

        progress.received(9, null, 1_000, "large", NOW);
        progress.settled(dispatch().get(0));
        assertThat(progress.pause()).contains(Pause.BYTES);
    }

    @Test
    void aTopicMadeAnewIsDeliveredFromItsStart() {
        progress = startFrom(new Commit(1_000, ""));

        receive(0, 1);

        assertThat(dispatch()).extracting(Attempt::offset).containsExactly(0L, 1L);
        assertThat(progress.toCommit()).contains(new Commit(0, ""));
    }

    @Test
    void theResultOfARecordThatLeftTheLogSettlesNothing() {
        receive(7, 8);
        Attempt<String> old = dispatch().get(1);

        progress.reached(8);
        receive(8);

        assertThat(dispatch()).isEmpty();
        assertThat(progress.settled(old)).isFalse();
        assertThat(dispatch()).extracting(Attempt::offset).containsExactly(8L);
    }

    private static PartitionProgress<String> startFrom(Commit commit) {
        Duration pause = Duration.ofMillis(50);
        var backOff = new BackOff(Policy.CONSTANT, pause, pause, 0, 1, pause, Duration.ZERO, 1);
        return new PartitionProgress<>(LIMITS, Ordering.KEY, new RetrySchedule(true, backOff, () -> 0), commit);
    }

    private void receive(long... offsets) {
        for (long offset : offsets) {
            progress.received(offset, new byte[] {(byte) offset}, 10, "record", NOW);
        }
    }

    private List<Attempt<String>> dispatch() {
        var attempts = new ArrayList<Attempt<String>>();
        for (var next = progress.next(NOW); next.isPresent(); next = progress.next(NOW)) {
            attempts.add(next.get());
        }
        return attempts;
    }
}
