package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.ModelRecord.State;
import java.util.List;
import java.util.SplittableRandom;

/** One random history of a partition: its log, its owners, its application. A seed is a history. */
final class PartitionHistory {
    private static final int LARGEST_POLL = 4;
    private static final int ROUNDS_TO_FINISH = 1_000;
    private static final int[] METADATA_CHARS = {CommitMetadata.MAX_CHARS, CommitMetadata.MAX_CHARS, 24, 28, 40};

    private final SplittableRandom random;
    private final PartitionComparison both;
    private final List<ModelRecord> log;
    private long position;
    private long logEnd;
    /** As a consumer that is paused goes on only when there is room enough. */
    private boolean full;

    private long now = 1_700_000_000_000L;

    PartitionHistory(long seed) {
        random = new SplittableRandom(seed);
        Ordering ordering = Ordering.values()[random.nextInt(3)];
        var limits = new PartitionLimits(
                1 + random.nextInt(8),
                1 + random.nextInt(60),
                1 + random.nextInt(5),
                1 + random.nextInt(40),
                METADATA_CHARS[random.nextInt(METADATA_CHARS.length)]);
        both = new PartitionComparison(ordering, limits, random.nextInt(4) > 0, random.nextInt(-1, 3));
        log = both.model.log;
        logEnd = random.nextInt(100);
        position = logEnd;
    }

    /**
     * Plays the history to its end.
     *
     * @return how many deliveries there were
     * @throws AssertionError when the model disagrees
     */
    int play() {
        for (int steps = 10 + random.nextInt(60); steps > 0; steps--) {
            event(random.nextInt(100));
            both.checkState(now);
            assertThat(both.model.held()).hasSizeLessThan(both.model.limits.heldRecords() + LARGEST_POLL);
        }
        goOnBesideTheBlocked();
        finish();
        return both.model.dispatches;
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
            answerTooLate();
        } else if (dice < 87) {
            now += random.nextInt(PartitionComparison.RETRY_PAUSE);
        } else if (dice < 94) {
            commit(random.nextInt(10) > 0);
        } else if (dice < 98) {
            changeOwner();
        } else {
            resetConsumer();
        }
    }

    private void produce() {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            long gap = random.nextInt(4) == 0 ? random.nextInt(1, 6) : 0;
            int key = random.nextInt(ModelRecord.NO_KEY, 3);
            log.add(new ModelRecord(logEnd + gap, key, random.nextInt(1, 20)));
            logEnd += gap + 1;
        }
        if (random.nextInt(5) == 0) {
            logEnd++; // a transaction's marker
        }
    }

    private void poll() {
        full = full ? !both.progress.hasRoom() : both.progress.pause().isPresent();
        if (full) {
            return;
        }
        int most = random.nextInt(1, LARGEST_POLL + 1);
        var polled = log.stream().filter(r -> r.offset >= position).limit(most).toList();
        for (ModelRecord record : polled) {
            both.receive(record, now);
            position = record.offset + 1;
        }
        if (random.nextBoolean()) {
            position = polled.size() < most ? logEnd : position;
            both.progress.reached(position);
        }
    }

    private void dispatch() {
        int most = random.nextInt(1, 4);
        while (most > 0 && both.dispatch(now)) {
            most--;
        }
    }

    private void complete() {
        if (both.out.isEmpty()) {
            return;
        }
        Attempt<ModelRecord> attempt = both.out.get(random.nextInt(both.out.size()));
        int how = random.nextInt(9);
        if (how > 2) {
            both.settle(attempt);
        } else if (both.exhausted.contains(attempt)) {
            both.block(attempt, now);
        } else if (how == 2) {
            both.postpone(attempt, now);
        } else {
            both.refuse(attempt, now);
        }
    }

    private void resolveBlocked() {
        if (both.blocked.isEmpty()) {
            return;
        }
        both.settleBlocked(both.blocked.get(random.nextInt(both.blocked.size())));
    }

    private void answerTooLate() {
        if (!both.ended.isEmpty()) {
            both.checkNoEffect(both.ended.get(random.nextInt(both.ended.size())), now);
        }
    }

    private void commit(boolean accepted) {
        both.commit(accepted);
        assertThat(both.broker.offset()).isLessThanOrEqualTo(logEnd);
        assertThat(both.broker.metadata()).hasSizeLessThanOrEqualTo(both.model.limits.maxMetadataChars());
    }

    private void changeOwner() {
        int how = random.nextInt(3);
        if (how == 0) {
            revoke();
        } else if (how == 1) {
            lose();
        } // else a crash: nobody says good-bye
        loseSomeOfTheLog();
        both.restart();
        full = false;
        position = Math.max(0, both.broker.offset());
        if (position > logEnd) {
            position = logEnd;
            both.progress.reached(position);
            commit(true);
        }
    }

    private void revoke() {
        both.progress.drain();
        assertThat(both.progress.next(now)).isEmpty();
        boolean inTime = random.nextInt(3) > 0;
        for (int patience = 3; !both.out.isEmpty() && (inTime || patience > 0); patience--) {
            complete();
        }
        commit(true);
        lose();
    }

    private void lose() {
        both.progress.close();
        both.checkClosed(now);
    }

    /** While nobody consumes: compaction, retention, and the loss of the log's end below the committed offset. */
    private void loseSomeOfTheLog() {
        log.removeIf(record -> random.nextInt(20) == 0);
        if (random.nextInt(10) == 0) {
            long start = random.nextLong(logEnd + 1);
            log.removeIf(record -> record.offset < start);
        }
        if (random.nextInt(10) == 0 && both.broker.offset() > 0) {
            logEnd = Math.min(logEnd, random.nextLong(both.broker.offset()));
            log.removeIf(record -> record.offset >= logEnd);
        }
    }

    /** The consumer is reset to a lower offset, by itself or because the log was cut off there. */
    private void resetConsumer() {
        if (position == 0) {
            return;
        }
        long offset = Math.max(0, position - random.nextInt(1, 12));
        boolean truncated = random.nextBoolean();
        both.rewind(offset, truncated);
        logEnd = truncated ? offset : logEnd;
        position = offset;
        var there = log.stream().filter(r -> r.offset == offset).findFirst();
        if (there.isPresent() && random.nextBoolean()) {
            both.receive(there.get(), now);
            position++;
        } else {
            both.progress.reached(offset);
        }
        commit(true);
    }

    /**
     * Whoever is blocked stays so, and everything else goes well: what is behind none of them must be settled, unless so many
     * records are behind them that no more are taken.
     */
    private void goOnBesideTheBlocked() {
        for (int round = 0; round < ROUNDS_TO_FINISH && !allBesideTheBlockedSettled(); round++) {
            List.copyOf(both.out).forEach(both::settle);
            now = Math.max(now, both.progress.nextRetryAt().orElse(now));
            poll();
            dispatch();
        }
        assertThat(allBesideTheBlockedSettled() || isHeldByTheBlocked())
                .as("records behind none that is blocked are settled")
                .isTrue();
    }

    private boolean allBesideTheBlockedSettled() {
        var lanes = both.blocked.stream()
                .map(attempt -> both.model.laneOf(attempt.payload()))
                .toList();
        return log.stream()
                .allMatch(record -> record.state == State.SETTLED || lanes.contains(both.model.laneOf(record)));
    }

    /** A consumer that is paused goes on when there is room below the bound for half of what may move. */
    private boolean isHeldByTheBlocked() {
        PartitionLimits limits = both.model.limits;
        List<ModelRecord> held = both.model.stuck();
        long bytes = held.stream().mapToLong(record -> record.bytes).sum();
        return held.size() > limits.heldRecords() - Math.max(1, limits.maxRecords() / 2)
                || bytes > limits.heldBytes() - Math.max(1, limits.maxBytes() / 2);
    }

    /** From here on everything goes well: every record must be settled, and the commit catches up with the log. */
    private void finish() {
        for (int round = 0; round < ROUNDS_TO_FINISH && !allSettled(); round++) {
            List.copyOf(both.blocked).forEach(both::settleBlocked);
            List.copyOf(both.out).forEach(both::settle);
            now = Math.max(now, both.progress.nextRetryAt().orElse(now));
            poll();
            dispatch();
        }
        assertThat(allSettled()).as("every record is settled").isTrue();
        both.progress.reached(logEnd);
        commit(true);
        assertThat(both.broker).isEqualTo(new Commit(logEnd, ""));
    }

    private boolean allSettled() {
        return log.stream().allMatch(record -> record.state == State.SETTLED);
    }
}
