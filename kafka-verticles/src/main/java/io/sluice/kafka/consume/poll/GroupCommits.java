package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member commits. Belongs to the poller's thread. */
final class GroupCommits {
    private static final Logger log = LoggerFactory.getLogger(GroupCommits.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final PollEvents events;
    private int underWay;

    GroupCommits(Consumer<byte[], byte[]> consumer, PollEvents events) {
        this.consumer = consumer;
        this.events = events;
    }

    /** Commits without waiting; {@link PollEvents#committed} follows. */
    void begin(Map<Assignment, Commit> commits) {
        if (commits.isEmpty()) {
            events.committed(Map.of(), null);
            return;
        }
        underWay++;
        consumer.commitAsync(Offsets.of(commits), (offsets, error) -> {
            underWay--;
            events.committed(commits, error);
        });
    }

    boolean areUnderWay() {
        return underWay > 0;
    }

    /** Waits until {@link PollEvents#committed} was told of all that are under way, for {@code limit}, or until woken. */
    void hear(Duration limit) {
        try {
            // Without offsets it commits nothing, but hears of what is under way.
            consumer.commitSync(Map.of(), limit);
        } catch (WakeupException | TimeoutException e) {
            log.trace("commits are still under way");
        }
    }

    /** Whether the group takes a commit, of what is committed already: it takes none of a member that it has given up. */
    boolean areTaken(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return true;
        }
        try {
            if (areUnderWay()) {
                // What the group tells would be older than they are, and would undo them.
                hear(ANSWER_WITHIN);
            }
            if (areUnderWay()) {
                return false;
            }
            var committed = new HashMap<>(WakeUps.ignoring(() -> consumer.committed(partitions, ANSWER_WITHIN)));
            committed.values().removeIf(Objects::isNull);
            if (!committed.isEmpty()) {
                now(committed);
            }
            return true;
        } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
            log.atDebug().setCause(e).log("the group does not confirm this member");
            return false;
        }
    }

    void now(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            commit(offsets);
        } catch (OffsetMetadataTooLarge e) {
            // There is no time to find out how much text the broker takes.
            var plain = new HashMap<TopicPartition, OffsetAndMetadata>();
            offsets.forEach((partition, offset) ->
                    plain.put(partition, new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), "")));
            commit(plain);
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        WakeUps.ignoring(() -> {
            consumer.commitSync(offsets, COMMIT_WITHIN);
            return offsets;
        });
    }
}
