package io.sluice.kafka.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics of which other members of the group have all partitions. That is as it should be when each of them has one: there are
 * more members than partitions, and this one takes over when another ends. Otherwise it is told. Safe for use from any thread.
 *
 * <pre>
 *   others have  1 1 1   ► well, and said where somebody asks why nothing is delivered
 *                3       ► told, when it is still so at the next look
 * </pre>
 */
final class IdleTopics {
    /** One that is seen once may be a group that is just being shared out anew. */
    private static final int LOOKS = 2;

    private final InputHealth health;
    private final String group;
    /** How often in a row the shares of a topic's partitions were seen to be unequal. */
    private final Map<String, Integer> unequal = new HashMap<>();

    IdleTopics(InputHealth health, String group) {
        this.health = health;
        this.group = group;
    }

    synchronized void add(String topic) {
        unequal.put(topic, 0);
    }

    synchronized void remove(String topic) {
        unequal.remove(topic);
    }

    /** In the order of their names. */
    synchronized Set<String> all() {
        return new TreeSet<>(unequal.keySet());
    }

    /** @param members what each member of the group has */
    synchronized void look(Collection<Set<TopicPartition>> members) {
        unequal.replaceAll((topic, before) -> look(topic, before, members));
    }

    private int look(String topic, int before, Collection<Set<TopicPartition>> members) {
        long most = 0;
        long all = 0;
        for (Set<TopicPartition> member : members) {
            long share = member.stream().filter(p -> p.topic().equals(topic)).count();
            most = Math.max(most, share);
            all += share;
        }
        if (most <= 1) {
            health.consumes(topic);
            return 0;
        }
        if (before + 1 >= LOOKS) {
            health.taken(
                    topic,
                    "other members of group " + group + " have all " + all + " partitions of " + topic
                            + ", one of them "
                            + most + ", and this gateway has none: end what else reads with this group, or give the"
                            + " binding a consumerGroup of its own");
        }
        return before + 1;
    }
}
