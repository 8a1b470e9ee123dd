package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.poll.Jump.Cause;
import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds where to go on when a partition's log no longer has the offset that is to be read: never at its end, since that
 * would pass over what is still there. Belongs to the poller's thread.
 *
 * <pre>
 *   below the log's start                     ► its start
 *   above where the log was cut, by its epoch ► where it was cut
 *   above its end, and no epoch tells more    ► its start
 * </pre>
 */
final class LogEnds {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;

    LogEnds(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Moves the consumer to where each of {@code running} goes on that {@code gone} is about. */
    List<Jump> goOnAfter(OffsetOutOfRangeException gone, Map<TopicPartition, Assignment> running) {
        Set<TopicPartition> affected =
                Set.copyOf(gone.offsetOutOfRangePartitions().keySet());
        Map<TopicPartition, Long> starts = WakeUps.ignoring(() -> consumer.beginningOffsets(affected, ANSWER_WITHIN));
        Map<TopicPartition, Long> ends = WakeUps.ignoring(() -> consumer.endOffsets(affected, ANSWER_WITHIN));
        var jumps = new ArrayList<Jump>();
        gone.offsetOutOfRangePartitions().forEach((partition, from) -> {
            Assignment assignment = running.get(partition);
            Long start = starts.get(partition);
            Long end = ends.get(partition);
            if (assignment != null && start != null && end != null) {
                jumps.add(jump(assignment, from, cut(gone, partition), start, end));
            }
        });
        jumps.forEach(this::seek);
        return jumps;
    }

    /** Moves the consumer to the starts of all {@code running}. */
    List<Jump> startOver(Map<TopicPartition, Assignment> running) {
        Map<TopicPartition, Long> starts =
                WakeUps.ignoring(() -> consumer.beginningOffsets(running.keySet(), ANSWER_WITHIN));
        var jumps = new ArrayList<Jump>();
        starts.forEach((partition, start) -> {
            long from = WakeUps.ignoring(() -> consumer.position(partition, ANSWER_WITHIN));
            jumps.add(new Jump(
                    Objects.requireNonNull(running.get(partition)), from, start, Commit.NO_EPOCH, 0, Cause.REPLACED));
        });
        jumps.forEach(this::seek);
        return jumps;
    }

    private static @Nullable OffsetAndMetadata cut(OffsetOutOfRangeException gone, TopicPartition partition) {
        return gone instanceof LogTruncationException truncation
                ? truncation.divergentOffsets().get(partition)
                : null;
    }

    private static Jump jump(Assignment assignment, long from, @Nullable OffsetAndMetadata cut, long start, long end) {
        if (cut != null && cut.offset() >= start) {
            int epoch = cut.leaderEpoch().orElse(Commit.NO_EPOCH);
            return new Jump(assignment, from, cut.offset(), epoch, from - cut.offset(), Cause.CUT);
        }
        return from < start
                ? new Jump(assignment, from, start, Commit.NO_EPOCH, start - from, Cause.REMOVED)
                : new Jump(assignment, from, start, Commit.NO_EPOCH, Math.max(0, from - end), Cause.SHORTER);
    }

    private void seek(Jump jump) {
        consumer.seek(jump.assignment().partition(), Offsets.of(new Commit(jump.to(), jump.leaderEpoch(), "")));
    }
}
