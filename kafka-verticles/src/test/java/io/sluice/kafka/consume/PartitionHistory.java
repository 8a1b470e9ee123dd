package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.PartitionModel.Entry;
import io.sluice.kafka.consume.PartitionModel.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One random history of a partition, played to {@link PartitionProgress} and {@link PartitionModel}; a seed is a history. */
final class PartitionHistory {
    private static final int LARGEST_POLL = 4;
    private static final int ROUNDS_TO_FINISH = 1_000;
    private static final int PAUSE = 10;
    private static final int[] METADATA_CHARS = {CommitMetadata.MAX_CHARS, CommitMetadata.MAX_CHARS, 24, 28, 40};

    private final SplittableRandom random;
    private final PartitionLimits limits;
    private final Ordering ordering;
    private final boolean retryEnabled;
    private final int maxRetries;
    private final PartitionModel model;
    private final List<Attempt<Entry>> out = new ArrayList<>();
    private final Set<Attempt<Entry>> exhausted = new HashSet<>();
    private final List<Attempt<Entry>> blocked = new ArrayList<>();
    private final List<Attempt<Entry>> ended = new ArrayList<>();
    private PartitionProgress<Entry> progress;
    private Commit broker = Commit.NONE;
    private long position;
    private long logEnd;
    private long now = 1_700_000_000_000L;

    PartitionHistory(long seed) {
        random = new SplittableRandom(seed);
        ordering = Ordering.values()[random.nextInt(3)];
        limits = new PartitionLimits(
                1 + random.nextInt(8),
                1 + random.nextInt(60),
                1 + random.nextInt(5),
                1 + random.nextInt(40),
                METADATA_CHARS[random.nextInt(METADATA_CHARS.length)]);
        retryEnabled = random.nextInt(4) > 0;
        maxRetries = random.nextInt(-1, 3);
        model = new PartitionModel(ordering, limits);
        logEnd = random.nextInt(100);
        position = logEnd;
        progress = newAssignment();
    }

    private PartitionProgress<Entry> newAssignment() {
        var backOff = new BackOff(
                BackOff.Policy.CONSTANT,
                Duration.ofMillis(PAUSE),
                Duration.ZERO,
                0,
                1,
                Duration.ZERO,
                Duration.ZERO,
                maxRetries);
        return new PartitionProgress<>(limits, ordering, new RetrySchedule(retryEnabled, backOff, () -> 0), broker);
    }

    /** @throws AssertionError when the two disagree */
    void play() {
        int steps = 10 + random.nextInt(60);
        for (int step = 0; step < steps; step++) {
            event(random.nextInt(100));
            checkState();
        }
        finish();
    }

    private void event(int dice) {
        if (dice < 15) {
            produce();
        } else if (dice < 30) {
            poll();
        } else if (dice < 55) {
            dispatch();
        } else if (dice < 76) {
            complete();
        } else if (dice < 80) {
            resolveBlocked();
        } else if (dice < 83) {
            tooLate();
        } else if (dice < 87) {
            now += random.nextInt(PAUSE);
        } else if (dice < 94) {
            commit(random.nextInt(10) > 0);
        } else if (dice < 98) {
            changeOwner();
        } else {
            changeLog();
        }
    }

    private void produce() {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            long gap = random.nextInt(4) == 0 ? random.nextInt(1, 6) : 0;
            int key = random.nextInt(PartitionModel.NO_KEY, 3);
            model.log.add(new Entry(logEnd + gap, key, random.nextInt(1, 20)));
            logEnd += gap + 1;
        }
        if (random.nextInt(5) == 0) {
            logEnd++; // a transaction's marker
        }
    }

    private void poll() {
        if (progress.pause().isPresent()) {
            return;
        }
        int most = random.nextInt(1, LARGEST_POLL + 1);
        List<Entry> polled =
                model.log.stream().filter(e -> e.offset >= position).limit(most).toList();
        polled.forEach(this::receive);
        if (random.nextBoolean()) {
            position = polled.size() < most ? logEnd : position;
            progress.reached(position);
        }
    }

    private void receive(Entry entry) {
        byte[] key = entry.key == PartitionModel.NO_KEY ? null : new byte[] {(byte) entry.key};
        progress.received(entry.offset, key, entry.bytes, entry, now);
        entry.received = true;
        position = entry.offset + 1;
    }

    private void dispatch() {
        for (int most = random.nextInt(1, 4); most > 0; most--) {
            model.noteReadyLanes(now);
            Optional<Attempt<Entry>> next = progress.next(now);
            if (next.isEmpty()) {
                model.checkIdle(now);
                return;
            }
            model.dispatched(next.get().payload(), next.get(), now);
            out.add(next.get());
        }
    }

    private void complete() {
        if (out.isEmpty()) {
            return;
        }
        Attempt<Entry> attempt = out.get(random.nextInt(out.size()));
        if (exhausted.contains(attempt) && random.nextInt(3) == 0) {
            block(attempt);
        } else if (!exhausted.contains(attempt) && random.nextInt(3) == 0) {
            refuse(attempt);
        } else {
            settle(attempt);
        }
    }

    private void settle(Attempt<Entry> attempt) {
        Entry entry = attempt.payload();
        boolean ghost = end(attempt);
        assertThat(progress.settled(attempt)).isEqualTo(!ghost);
        entry.state = State.SETTLED;
    }

    private void refuse(Attempt<Entry> attempt) {
        Entry entry = attempt.payload();
        boolean ghost = model.ghosts.contains(attempt.payload());
        Refusal refusal = progress.refused(attempt, now);
        if (ghost) {
            assertThat(refusal).isInstanceOf(Refusal.TooLate.class);
            end(attempt);
            return;
        }
        entry.firstFailureAt = entry.attempts == 0 ? now : entry.firstFailureAt;
        entry.attempts++;
        if (!retryEnabled || maxRetries >= 0 && entry.attempts > maxRetries) {
            assertThat(refusal).isEqualTo(new Refusal.Exhausted(entry.attempts));
            exhausted.add(attempt);
        } else {
            assertThat(refusal).isEqualTo(new Refusal.RetryAt(now + PAUSE));
            entry.state = State.RETRYING;
            entry.retryAt = now + PAUSE;
            end(attempt);
        }
    }

    private void block(Attempt<Entry> attempt) {
        boolean ghost = end(attempt);
        assertThat(progress.blocked(attempt, "no more retries", now)).isEqualTo(!ghost);
        if (!ghost) {
            attempt.payload().state = State.BLOCKED;
            ended.remove(attempt);
            blocked.add(attempt);
        }
    }

    /** Whether the attempt was of a record that has left the log. */
    private boolean end(Attempt<Entry> attempt) {
        out.remove(attempt);
        exhausted.remove(attempt);
        ended.add(attempt);
        return model.ghosts.remove(attempt.payload());
    }

    private void resolveBlocked() {
        if (blocked.isEmpty()) {
            return;
        }
        Attempt<Entry> attempt = blocked.remove(random.nextInt(blocked.size()));
        ended.add(attempt);
        if (random.nextBoolean()) {
            assertThat(progress.settled(attempt)).isTrue();
            attempt.payload().state = State.SETTLED;
        } else {
            assertThat(progress.unblock(attempt)).isTrue();
            attempt.payload().state = State.OPEN;
        }
    }

    private void tooLate() {
        if (!ended.isEmpty()) {
            checkNoEffect(ended.get(random.nextInt(ended.size())));
        }
    }

    private void checkNoEffect(Attempt<Entry> attempt) {
        assertThat(progress.settled(attempt)).isFalse();
        assertThat(progress.refused(attempt, now)).isInstanceOf(Refusal.TooLate.class);
        assertThat(progress.blocked(attempt, "too late", now)).isFalse();
        assertThat(progress.unblock(attempt)).isFalse();
    }

    private void commit(boolean accepted) {
        Optional<Commit> commit = progress.toCommit();
        commit.ifPresent(model::checkCommit);
        if (commit.isPresent() && accepted) {
            assertThat(commit.get().offset()).isLessThanOrEqualTo(logEnd);
            assertThat(commit.get().metadata().length()).isLessThanOrEqualTo(limits.maxMetadataChars());
            broker = commit.get();
            progress.committed(broker);
            model.committed(broker);
            assertThat(progress.toCommit()).isEmpty();
        }
    }

    private void changeOwner() {
        int kind = random.nextInt(3);
        if (kind == 0) {
            revoke();
        } else if (kind == 1) {
            progress.close(); // lost
            out.forEach(this::checkNoEffect);
            assertThat(progress.toCommit()).isEmpty();
        } // else a crash
        List.of(out, blocked, ended, exhausted).forEach(java.util.Collection::clear);
        loseSomeOfTheLog();
        model.restarted();
        progress = newAssignment();
        position = broker.offset() >= 0 ? broker.offset() : 0;
        if (position > logEnd) {
            position = logEnd;
            progress.reached(position);
            commit(true);
        }
    }

    private void revoke() {
        progress.drain();
        assertThat(progress.next(now)).isEmpty();
        boolean inTime = random.nextInt(3) > 0;
        for (int patience = 20; !out.isEmpty() && (inTime || patience > 0); patience -= 7) {
            complete();
        }
        assertThat(progress.isDrained()).isEqualTo(out.isEmpty());
        commit(true);
        progress.close();
        out.forEach(this::checkNoEffect);
    }

    /** While nobody consumes: compaction, retention, and the loss of the log's end below the committed offset. */
    private void loseSomeOfTheLog() {
        model.log.removeIf(entry -> random.nextInt(20) == 0);
        if (random.nextInt(10) == 0) {
            long start = random.nextLong(logEnd + 1);
            model.log.removeIf(entry -> entry.offset < start);
        }
        if (random.nextInt(10) == 0 && broker.offset() > 0) {
            logEnd = Math.min(logEnd, random.nextLong(broker.offset()));
            model.log.removeIf(entry -> entry.offset >= logEnd);
        }
    }

    /** The consumer is reset to a lower offset, where the log may have been cut off. */
    private void changeLog() {
        if (position == 0) {
            return;
        }
        long offset = Math.max(0, position - random.nextInt(1, 12));
        forgetAttempts(offset);
        if (random.nextBoolean()) {
            model.truncated(offset);
            logEnd = offset;
        } else {
            model.rewound(offset);
        }
        position = offset;
        progress.reached(offset);
        commit(true);
    }

    private void forgetAttempts(long offset) {
        blocked.removeIf(attempt -> attempt.offset() >= offset && ended.add(attempt));
    }

    private void checkState() {
        List<Entry> held = model.held();
        int bytes = held.stream().mapToInt(e -> e.bytes).sum();
        PartitionSnapshot seen = progress.snapshot(now);
        assertThat(seen.records()).isEqualTo(held.size()).isLessThan(limits.maxRecords() + LARGEST_POLL);
        assertThat(seen.bytes()).isEqualTo(bytes);
        assertThat(seen.inFlight()).isEqualTo(out.size());
        assertThat(seen.blocked()).hasSize(blocked.size());
        assertThat(seen.pause().isPresent()).isEqualTo(held.size() >= limits.maxRecords() || bytes >= limits.maxBytes());
    }

    /** From here on everything goes well: every record must be settled. */
    private void finish() {
        for (int round = 0; round < ROUNDS_TO_FINISH && !allSettled(); round++) {
            while (!blocked.isEmpty()) {
                resolveBlocked();
            }
            List.copyOf(out).forEach(this::settle);
            now = Math.max(now, progress.nextRetryAt().orElse(now));
            poll();
            dispatch();
        }
        assertThat(allSettled()).as("every record is settled").isTrue();
        progress.reached(logEnd);
        commit(true);
        assertThat(broker).isEqualTo(new Commit(logEnd, ""));
    }

    private boolean allSettled() {
        return model.log.stream().allMatch(e -> e.state == State.SETTLED);
    }
}
