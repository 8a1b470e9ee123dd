package io.sluice.kafka.consume;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For which topics of a binding this member has joined the group, and not heard yet which partitions it has; they may be
 * none. What is produced before that is not delivered with {@code initialOffset: newest}. Safe for use from any thread.
 */
final class FirstAssignments {
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final Set<String> assigned = ConcurrentHashMap.newKeySet();

    void joining(String topic) {
        if (!assigned.contains(topic)) {
            awaited.add(topic);
        }
    }

    void assigned(String topic) {
        assigned.add(topic);
        awaited.remove(topic);
    }

    boolean isAwaited() {
        return !awaited.isEmpty();
    }
}
