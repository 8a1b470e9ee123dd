package io.sluice.it.input;

import io.sluice.it.kafka.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** What the broker knows of consumer groups. */
final class Groups {
    private Groups() {}

    /** What the group has committed of partition 0, with its metadata; null for nothing. */
    static @Nullable OffsetAndMetadata committed(TestKafka kafka, String group, String topic) {
        return committed(kafka, group).get(new TopicPartition(topic, 0));
    }

    /** The offset that the group has committed of partition 0, -1 for none. */
    static long offset(TestKafka kafka, String group, String topic) {
        OffsetAndMetadata committed = committed(kafka, group, topic);
        return committed == null ? -1 : committed.offset();
    }

    static Map<TopicPartition, OffsetAndMetadata> committed(TestKafka kafka, String group) {
        return get(kafka.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    /** Commits for a group without members. */
    static void commit(TestKafka kafka, String group, String topic, OffsetAndMetadata offset) {
        get(kafka.admin()
                .alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), offset))
                .all());
    }

    /**
     * The ids of the group's members: a member that was evicted comes back with another. A group that nobody has joined yet
     * is not known to the broker, and has none.
     */
    static List<String> members(TestKafka kafka, String group) {
        return describe(kafka, group)
                .map(ConsumerGroupDescription::members)
                .map(members -> members.stream()
                        .map(MemberDescription::consumerId)
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    private static Optional<ConsumerGroupDescription> describe(TestKafka kafka, String group) {
        try {
            return Optional.of(get(kafka.admin()
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)));
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
