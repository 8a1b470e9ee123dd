package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's partitions between their assignment and their end, and what is committed of them. Belongs to the poller's
 * thread.
 *
 * <pre>{@code
 *   assigned ──► fresh (paused) ──► what was committed is read ──► running ──► revoked: drained, committed, gone
 *                                                                     └──────► lost: gone
 * }</pre>
 */
final class GroupMember {
    private static final Logger log = LoggerFactory.getLogger(GroupMember.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    /** Between two looks at partitions whose leaders are away; the others are polled meanwhile. */
    private static final long START_AGAIN_AFTER = Duration.ofMillis(200).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final PollEvents events;
    private final Duration drainLimit;
    private final StartPositions starts;
    private final LogEnds ends;
    private final GroupCommits commits;
    private final Set<TopicPartition> fresh = new HashSet<>();
    private final Map<TopicPartition, Assignment> running = new LinkedHashMap<>();
    private boolean replaced;
    private long startAgainAt = System.nanoTime();
    /** Nothing is assigned, and nobody was told why. */
    private boolean idle;

    GroupMember(Consumer<byte[], byte[]> consumer, StartPositions starts, PollEvents events, Duration drainLimit) {
        this.consumer = consumer;
        this.starts = starts;
        this.ends = new LogEnds(consumer);
        this.commits = new GroupCommits(consumer, events);
        this.events = events;
        this.drainLimit = drainLimit;
    }

    /**
     * @param before called before a callback does something
     * @param after called when it has
     * @param enough called when the poll that is under way should end soon: new partitions wait to be started
     */
    ConsumerRebalanceListener listener(Runnable before, Runnable after, Runnable enough) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                // Nothing is fetched before it is known what was committed. A position of any kind keeps the consumer,
                // which has no rule for partitions without a commit, from failing until then.
                consumer.pause(partitions);
                partitions.forEach(partition -> consumer.seek(partition, 0));
                fresh.addAll(partitions);
                startAgainAt = System.nanoTime();
                if (!partitions.isEmpty()) {
                    enough.run();
                } else if (fresh.isEmpty()) {
                    events.assigned(List.of());
                    idle = running.isEmpty();
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Called from inside poll, so this thread owns the consumer and commitSync is legal.
                before.run();
                handOver(partitions);
                after.run();
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                events.lost(remove(partitions));
            }
        };
    }

    /** Starts fresh partitions where the group goes on or begins; those for which no broker answers stay fresh. */
    void start() {
        starts.look();
        if (replaced) {
            startOver();
        }
        if (fresh.isEmpty()) {
            tellIdle();
            return;
        }
        if (System.nanoTime() - startAgainAt < 0) {
            return;
        }
        idle = false;
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = committed();
            var started = new ArrayList<Assignment>();
            committed.forEach((partition, offset) -> {
                consumer.seek(partition, offset);
                started.add(new Assignment(partition, Offsets.commit(offset), offset.offset()));
            });
            fresh.removeAll(committed.keySet());
            startAgainAt = System.nanoTime() + START_AGAIN_AFTER;
            started.forEach(assignment -> running.put(assignment.partition(), assignment));
            if (!started.isEmpty()) {
                events.assigned(started);
            }
        } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
            log.atDebug().setCause(e).log("the committed offsets are not known yet");
        }
    }

    private void tellIdle() {
        if (idle) {
            starts.topicExists().ifPresent(exists -> {
                idle = false;
                events.idle(exists);
            });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        var committed = new HashMap<>(WakeUps.ignoring(() -> consumer.committed(Set.copyOf(fresh), ANSWER_WITHIN)));
        committed.values().removeIf(offset -> offset == null || !starts.commitsHold());
        var uncommitted = new HashSet<>(fresh);
        uncommitted.removeAll(committed.keySet());
        if (!uncommitted.isEmpty()) {
            committed.putAll(starts.of(uncommitted));
        }
        return committed;
    }

    /** The log no longer has what was to be read of some partitions: they go on elsewhere. */
    void goOnAfter(OffsetOutOfRangeException gone) {
        try {
            events.jumped(ends.goOnAfter(gone, running));
        } catch (RetriableException e) {
            log.atDebug().setCause(e).log("where a log starts is not known yet");
        }
    }

    /** The topic was created anew: what was read or committed of it is void. */
    void topicReplaced() {
        starts.topicReplaced();
        replaced = true;
    }

    private void startOver() {
        try {
            events.jumped(ends.startOver(Map.copyOf(running)));
            replaced = false;
        } catch (RetriableException e) {
            log.atDebug().setCause(e).log("where a log starts is not known yet");
        }
    }

    /** Those of which it is known what was committed. */
    Collection<Assignment> running() {
        return running.values();
    }

    void commit(Map<Assignment, Commit> wanted) {
        var current = new HashMap<>(wanted);
        current.keySet().removeIf(assignment -> running.get(assignment.partition()) != assignment);
        commits.begin(current);
    }

    /** Commits of its partitions. */
    GroupCommits commits() {
        return commits;
    }

    /** Whether the group takes a commit of what this member has. */
    boolean isConfirmed() {
        return commits.areTaken(Set.copyOf(running.keySet()));
    }

    void askForEnds() {
        try {
            WakeUps.ignoring(() -> consumer.endOffsets(Set.copyOf(running.keySet()), ANSWER_WITHIN))
                    .forEach((partition, end) ->
                            Objects.requireNonNull(running.get(partition)).end(end));
        } catch (RetriableException e) {
            log.atDebug().setCause(e).log("the ends of the partitions are not known for now");
        }
    }

    void handOverAll() {
        handOver(Set.copyOf(consumer.assignment()));
    }

    /** Waits for what is in flight, commits what is settled, and forgets the partitions. */
    private void handOver(Collection<TopicPartition> partitions) {
        List<Assignment> ending = remove(partitions);
        if (ending.isEmpty()) {
            return;
        }
        try {
            Map<Assignment, Commit> settled = events.revoked(ending)
                    .toCompletableFuture()
                    .get(drainLimit.plus(ANSWER_WITHIN).toMillis(), TimeUnit.MILLISECONDS);
            if (!settled.isEmpty()) {
                commits.now(Offsets.of(settled));
            }
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            log.atWarn()
                    .addKeyValue("partitions", ending)
                    .setCause(e)
                    .log("settled records could not be committed before a hand-over and will be delivered again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Assignment> remove(Collection<TopicPartition> partitions) {
        var removed = new ArrayList<Assignment>();
        for (TopicPartition partition : partitions) {
            fresh.remove(partition);
            Assignment assignment = running.remove(partition);
            if (assignment != null) {
                removed.add(assignment);
            }
        }
        return removed;
    }
}
