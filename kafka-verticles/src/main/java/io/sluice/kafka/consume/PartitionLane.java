package io.sluice.kafka.consume;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.kafka.consume.PartitionStatus.LastError;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.progress.Attempt;
import io.sluice.kafka.consume.progress.Commit;
import io.sluice.kafka.consume.progress.HeldRecords;
import io.sluice.kafka.consume.progress.PartitionProgress;
import io.sluice.kafka.consume.progress.Refusal;
import io.sluice.kafka.consume.progress.TriedRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One assignment of a partition, from its first record to its hand-over. Belongs to the verticle's context. */
final class PartitionLane {
    private final Assignment assignment;
    private final PartitionProgress<ConsumerRecord<byte[], byte[]>> progress;
    private final LaneRoom room;
    private final PartitionMeters meters;
    private final StandingRecords<ConsumerRecord<byte[], byte[]>> standing = new StandingRecords<>();
    private final Promise<Void> drained = Promise.promise();
    private long expected;
    private int uncommitted;
    /** Also asked by the side that talks to the app. */
    private volatile boolean draining;

    private LastError lastError = LastError.NONE;

    PartitionLane(KafkaBinding binding, Assignment assignment, TopicMemory memory, PartitionMeters meters) {
        this.assignment = assignment;
        this.meters = meters;
        this.expected = assignment.position();
        this.progress = LaneLimits.progress(binding, assignment.committed());
        this.room = new LaneRoom(assignment, progress, memory);
    }

    Assignment assignment() {
        return assignment;
    }

    /** @return whether the log was rewound, so that what is committed is wrong */
    boolean received(List<ConsumerRecord<byte[], byte[]>> records, long position, long now) {
        boolean rewound = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            rewound |= record.offset() < expected;
            progress.received(record.offset(), record.key(), Deliveries.bytes(record), record, now);
            progress.leaderEpoch(record.offset(), record.leaderEpoch().orElse(Commit.NO_EPOCH));
            expected = record.offset() + 1;
        }
        rewound |= position < expected;
        progress.reached(position);
        expected = position;
        room.received(!records.isEmpty(), now);
        return rewound;
    }

    /** Reading goes on elsewhere. */
    void jumped(Jump jump) {
        progress.reached(jump.to());
        progress.leaderEpoch(jump.to() - 1, jump.leaderEpoch());
        expected = jump.to();
    }

    /** The next record to deliver, empty when there is none for now. */
    Optional<Attempt<ConsumerRecord<byte[], byte[]>>> next(long now) {
        return standing.hasUnwritten() ? Optional.empty() : progress.next(now);
    }

    OptionalLong nextRetryAt() {
        return standing.hasUnwritten() ? OptionalLong.empty() : progress.nextRetryAt();
    }

    /** As {@link #settled}; without anything that still waits, what went wrong before is over. */
    boolean acknowledged(Attempt<ConsumerRecord<byte[], byte[]>> attempt) {
        boolean counts = settled(attempt);
        if (!lastError.reason().isEmpty() && !standing.hasUnwritten() && progress.isUntroubled()) {
            lastError = LastError.NONE;
        }
        return counts;
    }

    boolean settled(Attempt<ConsumerRecord<byte[], byte[]>> attempt) {
        boolean counts = progress.settled(attempt);
        if (counts) {
            uncommitted++;
        }
        standing.remove(attempt);
        landed();
        return counts;
    }

    Refusal refused(Attempt<ConsumerRecord<byte[], byte[]>> attempt, Refused refused, long now) {
        failed(refused.reason(), now);
        Refusal refusal = progress.refused(attempt, refused.retryAfter().toMillis(), now);
        landed();
        return refusal;
    }

    void postponed(Attempt<ConsumerRecord<byte[], byte[]>> attempt, String reason, long now, long time) {
        failed(reason, now);
        progress.postponed(attempt, time);
        landed();
    }

    boolean blocked(Attempt<ConsumerRecord<byte[], byte[]>> attempt, String reason, long now) {
        boolean counts = progress.blocked(attempt, reason, now);
        if (counts) {
            standing.add(attempt);
        }
        landed();
        return counts;
    }

    /** Settles a record that is blocked, or whose dead letter is not written yet, if it is one. */
    boolean settleStanding(long offset) {
        Attempt<ConsumerRecord<byte[], byte[]>> attempt = standing.at(offset);
        return attempt != null && settled(attempt);
    }

    /** Whether that has not happened. */
    boolean isStanding(Attempt<ConsumerRecord<byte[], byte[]>> attempt) {
        return standing.has(attempt);
    }

    /** Its dead letter is on its way. */
    void writing(Attempt<ConsumerRecord<byte[], byte[]>> attempt) {
        standing.add(attempt);
    }

    /** A dead letter cannot be written: nothing more of the partition is delivered until it is. */
    void unwritten(Attempt<ConsumerRecord<byte[], byte[]>> attempt, String reason, long now) {
        failed(reason, now);
        standing.unwritten(attempt);
    }

    /** Why a dead letter is not written, as far as that is known. */
    String whyUnwritten() {
        return standing.hasUnwritten() ? lastError.reason() : "Kafka has not answered yet";
    }

    private void failed(String reason, long now) {
        lastError = new LastError(reason, now);
    }

    private void landed() {
        if (draining && progress.isDrained()) {
            drained.tryComplete();
        }
    }

    /** Delivers nothing more; done when nothing is in flight. */
    Future<Void> drain() {
        draining = true;
        progress.drain();
        landed();
        return drained.future();
    }

    boolean isDraining() {
        return draining;
    }

    /** Ends the assignment: nothing counts after this, and nothing is to be committed. */
    void close() {
        draining = true;
        progress.close();
        meters.remove();
    }

    /** The broker takes no longer metadata with a commit. */
    void limitMetadata(int chars) {
        progress.limitMetadata(chars);
    }

    /** How many records were settled since the last commit began. */
    int uncommitted() {
        return uncommitted;
    }

    /** What to commit now, empty when nothing has changed; the records that wait for a commit are counted anew. */
    Optional<Commit> beginCommit() {
        uncommitted = 0;
        return progress.toCommit();
    }

    void committed(Commit commit) {
        progress.committed(commit);
    }

    /** Whether more of it is taken. */
    LaneRoom room() {
        return room;
    }

    /** Bytes of the records that are held. */
    long bytes() {
        return progress.bytes();
    }

    void forEachTried(Consumer<TriedRecord> visitor) {
        progress.forEachTried(visitor);
    }

    /** The end minus what is committed, negative when either is not known. */
    long lag() {
        long committed = progress.committed().offset();
        return committed < 0 || assignment.end() < 0 ? -1 : Math.max(0, assignment.end() - committed);
    }

    /** Brings the metrics up to date. */
    void show() {
        meters.show(lag());
    }

    /** What is held of the partition. */
    HeldRecords held(long now) {
        return progress.held(now);
    }

    /** @param jump the last one of this assignment */
    PartitionStatus status(long now, Jumps.@Nullable Seen jump) {
        return new PartitionStatus(
                assignment.partition(),
                progress.committed().offset(),
                assignment.end(),
                lag(),
                lastError,
                standing.hasUnwritten(),
                assignment.isFull(),
                room.shortBecause(),
                assignment.unreadable(),
                jump,
                progress.snapshot(now));
    }
}
