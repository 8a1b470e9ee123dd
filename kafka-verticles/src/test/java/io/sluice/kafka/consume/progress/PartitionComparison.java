package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.ModelRecord.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does everything to a {@link PartitionProgress} and to a {@link PartitionModel}, and fails when they disagree. */
final class PartitionComparison {
    static final int RETRY_PAUSE = 10;

    final PartitionModel model;
    /** Deliveries that the application has not answered, and those whose last refusal awaits a decision. */
    final List<Attempt<ModelRecord>> out = new ArrayList<>();

    final Set<Attempt<ModelRecord>> exhausted = new HashSet<>();
    final List<Attempt<ModelRecord>> blocked = new ArrayList<>();
    /** Attempts whose result is in: another one comes too late. */
    final List<Attempt<ModelRecord>> ended = new ArrayList<>();

    PartitionProgress<ModelRecord> progress;
    /** What the broker has. */
    Commit broker = Commit.NONE;

    private final boolean retryEnabled;
    private final int maxRetries;

    PartitionComparison(Ordering ordering, PartitionLimits limits, boolean retryEnabled, int maxRetries) {
        this.retryEnabled = retryEnabled;
        this.maxRetries = maxRetries;
        model = new PartitionModel(ordering, limits);
        progress = newAssignment();
    }

    private PartitionProgress<ModelRecord> newAssignment() {
        Duration pause = Duration.ofMillis(RETRY_PAUSE);
        var backOff = new BackOff(BackOff.Policy.CONSTANT, pause, pause, 0, 1, pause, Duration.ofMillis(1), maxRetries);
        return new PartitionProgress<>(
                model.limits, model.ordering, new RetrySchedule(retryEnabled, backOff, () -> 0), broker);
    }

    void receive(ModelRecord record, long now) {
        byte[] key = record.key == ModelRecord.NO_KEY ? null : new byte[] {(byte) record.key};
        progress.received(record.offset, key, record.bytes, record, now);
        record.received = true;
    }

    /** Whether there was a record to dispatch. */
    boolean dispatch(long now) {
        model.noteReadyLanes(now);
        Optional<Attempt<ModelRecord>> next = progress.next(now);
        if (next.isEmpty()) {
            model.checkIdle(now);
            return false;
        }
        model.dispatched(next.get().payload(), next.get(), now);
        return out.add(next.get());
    }

    void settle(Attempt<ModelRecord> attempt) {
        boolean ghost = end(attempt);
        assertThat(progress.settled(attempt)).isEqualTo(!ghost);
        attempt.payload().state = State.SETTLED;
    }

    void refuse(Attempt<ModelRecord> attempt, long now) {
        ModelRecord record = attempt.payload();
        Refusal refusal = progress.refused(attempt, now);
        if (model.ghosts.contains(record)) {
            assertThat(refusal).isEqualTo(new Refusal.TooLate());
            end(attempt);
            return;
        }
        record.firstFailureAt = record.attempts == 0 ? now : record.firstFailureAt;
        record.attempts++;
        if (!retryEnabled || maxRetries >= 0 && record.attempts > maxRetries) {
            assertThat(refusal).isEqualTo(new Refusal.Exhausted(record.attempts));
            assertThat(progress.refused(attempt, now)).isEqualTo(new Refusal.TooLate());
            exhausted.add(attempt);
        } else {
            assertThat(refusal).isEqualTo(new Refusal.RetryAt(now + RETRY_PAUSE));
            record.state = State.RETRYING;
            record.retryAt = now + RETRY_PAUSE;
            record.stuck = true;
            end(attempt);
        }
    }

    /** The record did not get as far as the application: it waits, but nothing is counted. */
    void postpone(Attempt<ModelRecord> attempt, long now) {
        boolean ghost = end(attempt);
        assertThat(progress.postponed(attempt, now + RETRY_PAUSE)).isEqualTo(!ghost);
        if (!ghost) {
            attempt.payload().state = State.RETRYING;
            attempt.payload().stuck = false;
            attempt.payload().retryAt = now + RETRY_PAUSE;
        }
    }

    void block(Attempt<ModelRecord> attempt, long now) {
        boolean ghost = end(attempt);
        assertThat(progress.blocked(attempt, "no more retries", now)).isEqualTo(!ghost);
        if (!ghost) {
            attempt.payload().state = State.BLOCKED;
            attempt.payload().stuck = true;
            ended.remove(attempt);
            blocked.add(attempt);
        }
    }

    /** Whether the attempt was of a record that has left the log. */
    private boolean end(Attempt<ModelRecord> attempt) {
        out.remove(attempt);
        exhausted.remove(attempt);
        ended.add(attempt);
        return model.ghosts.remove(attempt.payload());
    }

    void settleBlocked(Attempt<ModelRecord> attempt) {
        blocked.remove(attempt);
        ended.add(attempt);
        assertThat(progress.settled(attempt)).isTrue();
        attempt.payload().state = State.SETTLED;
    }

    void checkNoEffect(Attempt<ModelRecord> attempt, long now) {
        assertThat(progress.settled(attempt)).isFalse();
        assertThat(progress.refused(attempt, now)).isEqualTo(new Refusal.TooLate());
        assertThat(progress.postponed(attempt, now)).isFalse();
        assertThat(progress.blocked(attempt, "too late", now)).isFalse();
    }

    void commit(boolean accepted) {
        Optional<Commit> commit = progress.toCommit();
        commit.ifPresent(model::checkCommit);
        if (commit.isPresent() && accepted) {
            broker = commit.get();
            progress.committed(broker);
            model.committed(broker);
            assertThat(progress.toCommit()).isEmpty();
        }
    }

    /** After {@code close()}: nothing counts, nothing is offered. */
    void checkClosed(long now) {
        out.forEach(attempt -> checkNoEffect(attempt, now));
        blocked.forEach(attempt -> checkNoEffect(attempt, now));
        assertThat(progress.toCommit()).isEmpty();
        assertThat(progress.next(now)).isEmpty();
    }

    /** The next owner starts from what the broker has. */
    void restart() {
        out.clear();
        exhausted.clear();
        blocked.clear();
        ended.clear();
        model.restarted();
        progress = newAssignment();
    }

    /** The consumer goes back to {@code offset}, where the log was cut off or not. */
    void rewind(long offset, boolean truncated) {
        blocked.removeIf(attempt -> attempt.offset() >= offset && ended.add(attempt));
        model.rewound(offset);
        if (truncated) {
            model.log.removeIf(record -> record.offset >= offset);
        }
    }

    void checkState(long now) {
        List<ModelRecord> held = model.held();
        int bytes = held.stream().mapToInt(record -> record.bytes).sum();
        List<ModelRecord> stuck = model.stuck();
        int movable = held.size() - stuck.size();
        int movableBytes =
                bytes - stuck.stream().mapToInt(record -> record.bytes).sum();
        PartitionLimits limits = model.limits;
        boolean full = movable >= limits.maxRecords()
                || movableBytes >= limits.maxBytes()
                || held.size() >= limits.heldRecords()
                || bytes >= limits.heldBytes();
        boolean roomy = movable <= limits.maxRecords() / 2
                && movableBytes <= limits.maxBytes() / 2
                && held.size() <= limits.heldRecords() - limits.maxRecords() / 2
                && bytes <= limits.heldBytes() - limits.maxBytes() / 2;
        PartitionSnapshot seen = progress.snapshot(now);
        assertThat(seen.records()).isEqualTo(held.size());
        assertThat(seen.bytes()).isEqualTo(bytes);
        assertThat(seen.inFlight()).isEqualTo(out.size());
        assertThat(seen.blocked()).hasSize(blocked.size());
        assertThat(seen.pause().isPresent()).isEqualTo(full);
        assertThat(progress.hasRoom()).isEqualTo(roomy);
        assertThat(progress.isDrained()).isEqualTo(out.isEmpty());
    }
}
