package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.progress.Commit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Commits as Kafka has them. */
final class Offsets {
    private Offsets() {}

    static Map<TopicPartition, OffsetAndMetadata> of(Map<Assignment, Commit> commits) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        commits.forEach((assignment, commit) -> offsets.put(assignment.partition(), of(commit)));
        return offsets;
    }

    static OffsetAndMetadata of(Commit commit) {
        Optional<Integer> epoch = commit.leaderEpoch() < 0 ? Optional.empty() : Optional.of(commit.leaderEpoch());
        return new OffsetAndMetadata(commit.offset(), epoch, commit.metadata());
    }

    static Commit commit(@Nullable OffsetAndMetadata offset) {
        return offset == null
                ? Commit.NONE
                : new Commit(offset.offset(), offset.leaderEpoch().orElse(Commit.NO_EPOCH), offset.metadata());
    }
}
