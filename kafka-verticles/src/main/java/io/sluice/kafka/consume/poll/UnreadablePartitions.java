package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.poll.Jump.Cause;
import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the partitions whose next record cannot be read, so that the others go on. Belongs to the poller's thread.
 *
 * <pre>{@code
 *   a poll fails ──► it names a partition, or one is found by polling each alone ──► held at its offset, and told
 *   held         ──► tried again every minute: another leader may have the record whole
 *                └─► skipped on request: offset by offset, up to one that can be read
 * }</pre>
 */
final class UnreadablePartitions {
    private static final Logger log = LoggerFactory.getLogger(UnreadablePartitions.class);
    private static final long TRY_AGAIN_AFTER = Duration.ofMinutes(1).toNanos();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final PollEvents events;
    private final LongSupplier nanos;
    private final Map<TopicPartition, UnreadablePartition> held = new HashMap<>();
    /** Partitions one of which cannot be read; the first is polled alone. */
    private final Deque<TopicPartition> suspects = new ArrayDeque<>();
    /** What made them suspects: Kafka's consumer does not repeat an error, but says of which partition it was. */
    private @Nullable Throwable suspicion;

    /** @param nanos as {@link System#nanoTime} */
    UnreadablePartitions(Consumer<?, ?> consumer, PollEvents events, LongSupplier nanos) {
        this.consumer = consumer;
        this.events = events;
        this.nanos = nanos;
    }

    /** Those that are to be polled now; the others are paused. */
    Collection<Assignment> readable(Collection<Assignment> running) {
        if (held.isEmpty() && suspects.isEmpty()) {
            return running;
        }
        held.values().removeIf(stopped -> !running.contains(stopped.assignment));
        Set<TopicPartition> assigned = consumer.assignment();
        suspects.removeIf(suspect -> !assigned.contains(suspect));
        held.values().forEach(this::fetchAgainIfDue);
        var readable = new ArrayList<Assignment>();
        var stopped = new ArrayList<TopicPartition>();
        for (Assignment assignment : running) {
            if (isPolled(assignment.partition())) {
                readable.add(assignment);
            } else {
                stopped.add(assignment.partition());
            }
        }
        consumer.pause(stopped);
        return readable;
    }

    /** What was fetched is kept until a poll finds that the consumer is to read elsewhere. */
    private void fetchAgainIfDue(UnreadablePartition stopped) {
        if (stopped.isSkipped() || stopped.isTried || nanos.getAsLong() - stopped.tryAgainAt < 0) {
            return;
        }
        TopicPartition partition = stopped.assignment.partition();
        if (!consumer.assignment().contains(partition)) {
            // As below, of another one.
            return;
        }
        stopped.isTried = true;
        // Not where it was held: the topic may have been created anew since.
        long offset = WakeUps.ignoring(() -> consumer.position(partition, ANSWER_WITHIN));
        consumer.pause(consumer.assignment());
        consumer.resume(Set.of(partition));
        consumer.seek(partition, offset + 1);
        try {
            consumer.poll(Duration.ZERO);
        } catch (KafkaException e) {
            log.atDebug().setCause(e).log("what was fetched of a partition could not be dropped");
        }
        // The poll may have handed the partition over.
        if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, offset);
        }
    }

    private boolean isPolled(TopicPartition partition) {
        if (!suspects.isEmpty()) {
            return partition.equals(suspects.peek());
        }
        UnreadablePartition stopped = held.get(partition);
        return stopped == null || stopped.isSkipped() || stopped.isTried;
    }

    /**
     * @param error an {@link Error} only where it may be one of a record
     * @return whether the failure is one of records, and the others go on
     */
    boolean failed(Throwable error, Collection<Assignment> running) {
        Assignment named = RecordFailures.isOfRecords(error) ? RecordFailures.named(error, running) : null;
        if (named == null && !(error instanceof Error || error instanceof SerializationException)) {
            return false;
        }
        Assignment culprit = named == null ? alone(running) : named;
        if (culprit == null) {
            suspicion = error;
            running.forEach(assignment -> suspects.add(assignment.partition()));
        } else {
            stop(culprit, suspects.isEmpty() || suspicion == null ? error : suspicion);
            suspects.clear();
        }
        return culprit != null || !suspects.isEmpty();
    }

    private @Nullable Assignment alone(Collection<Assignment> running) {
        List<Assignment> polled = running.stream()
                .filter(assignment -> isPolled(assignment.partition()))
                .toList();
        return polled.size() == 1 ? polled.get(0) : null;
    }

    private void stop(Assignment assignment, Throwable error) {
        long offset = WakeUps.ignoring(() -> consumer.position(assignment.partition(), ANSWER_WITHIN));
        UnreadablePartition stopped = held.get(assignment.partition());
        if (stopped != null && stopped.isSkipped()) {
            skip(stopped, offset);
            return;
        }
        if (stopped == null) {
            stopped = new UnreadablePartition(assignment);
            held.put(assignment.partition(), stopped);
        }
        stopped.tryAgainAt = nanos.getAsLong() + TRY_AGAIN_AFTER;
        stopped.isTried = false;
        if (assignment.unreadable() == null || stopped.offset != offset) {
            stopped.offset = offset;
            assignment.unreadable(new Unreadable(offset, RecordFailures.reason(error)));
            events.unreadable(assignment);
        }
    }

    /** A poll brought what could be read. */
    void polled(ConsumerRecords<?, ?> records) {
        if (held.isEmpty() && suspects.isEmpty()) {
            return;
        }
        suspects.poll();
        for (TopicPartition partition : records.nextOffsets().keySet()) {
            UnreadablePartition readable = held.get(partition);
            if (readable != null) {
                over(readable);
            }
        }
    }

    /**
     * Passes over a record that cannot be read, and over those that follow it and cannot either.
     *
     * @return false when the partition is not held at that offset
     */
    boolean skip(TopicPartition partition, long offset) {
        UnreadablePartition stopped = held.get(partition);
        if (stopped == null || stopped.offset != offset || stopped.isSkipped()) {
            return false;
        }
        stopped.skippedUpTo = end(partition).orElse(offset + 1);
        stopped.skippedFrom = offset;
        skip(stopped, offset);
        return true;
    }

    /** Empty when no broker tells it. */
    private Optional<Long> end(TopicPartition partition) {
        try {
            return Optional.ofNullable(WakeUps.ignoring(() -> consumer.endOffsets(Set.of(partition), ANSWER_WITHIN))
                    .get(partition));
        } catch (RetriableException e) {
            log.atDebug().setCause(e).log("the end of a partition is not known for now");
            return Optional.empty();
        }
    }

    /** The topic was created anew: what could not be read is gone with the earlier one. */
    void topicReplaced() {
        suspects.clear();
        List<UnreadablePartition> gone = List.copyOf(held.values());
        held.clear();
        gone.forEach(stopped -> {
            stopped.assignment.unreadable(null);
            events.readable(stopped.assignment);
        });
    }

    private void skip(UnreadablePartition stopped, long offset) {
        stopped.offset = offset + 1;
        consumer.seek(stopped.assignment.partition(), stopped.offset);
        if (stopped.offset >= stopped.skippedUpTo) {
            over(stopped);
        }
    }

    private void over(UnreadablePartition stopped) {
        Assignment assignment = stopped.assignment;
        held.remove(assignment.partition());
        assignment.unreadable(null);
        if (stopped.isSkipped()) {
            long gone = stopped.offset - stopped.skippedFrom;
            events.jumped(List.of(
                    new Jump(assignment, stopped.skippedFrom, stopped.offset, Commit.NO_EPOCH, gone, Cause.SKIPPED)));
        }
        events.readable(assignment);
    }
}
