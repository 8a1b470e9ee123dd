package io.sluice.kafka.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Is told after each question whether its cluster answered; on any thread. */
public interface ClusterListener {
    void reachable();

    void unreachable(Obstacle why);

    /** Topics whose ids it wants to be told each time. */
    default Set<String> topics() {
        return Set.of();
    }

    /** Groups whose members it wants to be told of each time. */
    default Set<String> groups() {
        return Set.of();
    }

    /** @param assigned what each member of each of all listeners' {@link #groups} has, as far as that is known */
    default void groupMembers(Map<String, List<Set<TopicPartition>>> assigned) {}

    /** @param ids of those of all listeners' {@link #topics} that are there, by their names */
    default void topicIds(Map<String, Uuid> ids) {}
}
