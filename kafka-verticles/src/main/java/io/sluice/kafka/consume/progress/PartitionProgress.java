package io.sluice.kafka.consume.progress;

import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.HeldRecord.State;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Pause;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One assignment of one partition, from the records that were polled to the offset that may be committed. No offset is
 * ever offered for commit above a record that is not settled.
 *
 * <pre>{@code
 *              received                 next                    refused: RetryAt, the lane waits
 *   poll ─────────────────► window ─────────────► attempt ────► refused: Exhausted ──► settled or blocked
 *                             │       by lanes                  settled
 *
 *   offsets   40   41   42   43   44   45   46   47 │ 48 …      lanes with ordering: key
 *             ○    ●    ◐    ●    ●    ○    ◐    ○  │           a: 40 (retry at 12:00:05) 45
 *             │                                     │           b: 42 (in flight) 47
 *             position = 40                         expected    c: 46 (in flight)
 *
 *   commit    offset 40, metadata "41, 43 and 44 are settled; 40 was refused twice, first at 12:00:00"
 * }</pre>
 *
 * <p>The life of an assignment: created with what was committed; {@link #received} and {@link #next} as long as it
 * lasts; before a revoke {@link #drain}, wait for {@link #isDrained}, commit, {@link #close}; when the partition was lost
 * only {@link #close}. Results that come in after that change nothing.
 *
 * <p>Not safe for use by several threads: whoever owns the consumer owns this. Times are milliseconds since the epoch
 * (they survive in the commit metadata), from a clock that does not go back while the process lives.
 *
 * @param <R> what is delivered
 */
public final class PartitionProgress<R> {
    private enum Phase {
        RUNNING,
        DRAINING,
        CLOSED
    }

    private static final Set<State> TRIED = Set.of(State.IN_FLIGHT, State.EXHAUSTED, State.RETRYING, State.BLOCKED);

    private final PartitionWindow<R> window;
    private final KeyLanes<R> lanes;
    private final AttemptResults<R> results;
    private final PartitionRoom room;
    private final PartitionCommits commits;
    private Phase phase = Phase.RUNNING;

    /** @param committed what the group had committed for the partition, {@link Commit#NONE} for nothing */
    public PartitionProgress(PartitionLimits limits, Ordering ordering, RetrySchedule retries, Commit committed) {
        window = new PartitionWindow<>(CommitMetadata.decode(committed.offset(), committed.metadata()));
        lanes = new KeyLanes<>(ordering, limits.maxInFlight(), limits.maxBytesInFlight());
        results = new AttemptResults<>(retries, window, lanes);
        room = new PartitionRoom(limits, window, lanes);
        commits = new PartitionCommits(committed, limits.maxMetadataChars());
    }

    /**
     * Takes the next record of the partition. Offsets may leave gaps. One that is not higher than the last means that
     * the log was rewound: what was known from there on is forgotten and delivered again.
     *
     * @param key null for a record without a key; not copied
     * @param bytes what the record counts against the byte budgets
     */
    public void received(long offset, byte @Nullable [] key, int bytes, R payload, long now) {
        rewindTo(offset);
        var record = new HeldRecord<>(offset, key, bytes, payload, now);
        if (window.add(record)) {
            lanes.add(record);
        }
    }

    /**
     * The consumer's position, told after every record below it was {@link #received}. It goes beyond the last record
     * where offsets hold none (compaction, aborted transactions, markers), so the commit need not stay behind them.
     */
    public void reached(long position) {
        rewindTo(position);
        window.reached(position);
    }

    /** The record at {@code offset}, which was received last, is of this leader epoch. */
    public void leaderEpoch(long offset, int epoch) {
        commits.epochs().add(offset, epoch);
    }

    private void rewindTo(long offset) {
        if (offset < window.expected()) {
            commits.epochs().forgetFrom(offset);
            window.rewind(offset, lanes::forget);
        }
    }

    /** The next record to deliver, to be called until it is empty: after records, results and {@link #nextRetryAt}. */
    public Optional<Attempt<R>> next(long now) {
        if (phase != Phase.RUNNING) {
            return Optional.empty();
        }
        return Optional.ofNullable(lanes.next(now)).map(record -> new Attempt<>(record, record.dispatches));
    }

    /** When {@link #next} has something to do though nothing else happened; empty for never. */
    public OptionalLong nextRetryAt() {
        return phase == Phase.RUNNING ? lanes.nextRetryAt() : OptionalLong.empty();
    }

    /**
     * The record needs no more deliveries: it was acknowledged, skipped by policy or written to the dead-letter topic.
     * Ends an attempt in flight or one that was {@link #blocked}.
     *
     * @return false when that came too late to count
     */
    public boolean settled(Attempt<R> attempt) {
        return results.settled(attempt);
    }

    /** The attempt failed: refused, or not answered in time. */
    public Refusal refused(Attempt<R> attempt, long now) {
        return refused(attempt, 0, now);
    }

    /**
     * The attempt failed. Where retries are on and the app asks for a pause, the record waits for that and the refusal does not
     * count: it is never the last.
     *
     * @param asked milliseconds that the app asks to be left alone, 0 when it does not ask
     */
    public Refusal refused(Attempt<R> attempt, long asked, long now) {
        return results.refused(attempt, asked, now);
    }

    /**
     * The record did not get as far as the application, so this was no attempt: it is delivered again at {@code time},
     * as often as that takes.
     *
     * @return false when that came too late to count
     */
    public boolean postponed(Attempt<R> attempt, long time) {
        return results.postponed(attempt, time);
    }

    /**
     * Ends an attempt in flight without settling its record, which keeps its lane until then. Other lanes go on.
     *
     * @param reason for people to read
     * @return false when that came too late to count
     */
    public boolean blocked(Attempt<R> attempt, String reason, long now) {
        return results.blocked(attempt, reason, now);
    }

    /** What to commit now; empty when that is what was committed last. */
    public Optional<Commit> toCommit() {
        if (phase == Phase.CLOSED || window.position() < 0) {
            return Optional.empty();
        }
        return commits.of(window.checkpoint());
    }

    /** The broker takes no longer metadata, whatever the limits say. */
    public void limitMetadata(int chars) {
        commits.limitMetadata(chars);
    }

    /** The broker took the commit. */
    public void committed(Commit commit) {
        commits.taken(commit);
    }

    /** What the broker has of this partition, as far as is known. */
    public Commit committed() {
        return commits.last();
    }

    /** Bytes of the records that are held. */
    public long bytes() {
        return window.bytes();
    }

    /** Why the consumer is to be paused for this partition; empty when it is not. */
    public Optional<Pause> pause() {
        return room.pause();
    }

    /** Whether a paused consumer should go on. */
    public boolean hasRoom() {
        return room.isEnoughToGoOn();
    }

    /** Stops dispatching; results still count. */
    public void drain() {
        phase = phase == Phase.CLOSED ? Phase.CLOSED : Phase.DRAINING;
    }

    /** Whether nothing is in flight. */
    public boolean isDrained() {
        return lanes.inFlight() == 0;
    }

    /** Ends the assignment: from now on nothing counts and nothing is offered for commit. */
    public void close() {
        phase = Phase.CLOSED;
        results.close();
    }

    /** Whether no record waits for another attempt, or for somebody to act. */
    public boolean isUntroubled() {
        return lanes.tried() == lanes.inFlight();
    }

    /** How much waits, and since when. */
    public HeldRecords held(long now) {
        HeldRecord<R> oldest = window.oldest();
        return oldest == null ? HeldRecords.NONE : new HeldRecords(window.records(), now - oldest.receivedAt());
    }

    /** Each record that is in flight, waits for its next attempt or is blocked, lowest offset first. */
    public void forEachTried(Consumer<TriedRecord> visitor) {
        int left = lanes.tried();
        for (HeldRecord<R> held = window.oldest(); held != null && left > 0; held = held.newer) {
            if (TRIED.contains(held.state)) {
                left--;
                visitor.accept(TriedRecord.of(held));
            }
        }
    }

    public PartitionSnapshot snapshot(long now) {
        return PartitionSnapshot.of(window, lanes, pause(), now);
    }
}
