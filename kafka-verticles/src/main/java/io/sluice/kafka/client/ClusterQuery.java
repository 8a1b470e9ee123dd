package io.sluice.kafka.client;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Asks a cluster whether it is there, and what it has. All answers fail within a few seconds when no broker gives one. */
public interface ClusterQuery {

    /** Succeeds when a broker answered. */
    Future<Void> ask();

    /** The ids of those of the topics that are there and may be seen; a topic that is created anew has another one. */
    Future<Map<String, Uuid>> topicIds(Set<String> topics);

    /** What each member of each group has; without groups of which that cannot be known. */
    Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups);

    /** Whether the group has a member with this instance id. */
    Future<Boolean> hasInstance(String group, String instanceId);

    Future<Void> close();
}
