package io.sluice.kafka.consume.poll;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a consumer from taking records of partitions that are full. Belongs to the poller's thread.
 *
 * <p>A broker answers a fetch when it has something, or after half a second, and a consumer has one fetch at a time under
 * way at a broker. While one waits there for partitions that have nothing, a partition that was paused, and so left out of
 * it, gets nothing either, however soon it has room. So the thread waits a little for that room before it polls:
 *
 * <pre>
 *   some are full ──┬─ others have records to be fetched ────────► pause, poll: that fetch is answered at once
 *                   ├─ room within 100 ms ───────────────────────► poll: nothing was paused
 *                   └─ none, or others not asked for 500 ms ─────► pause, poll
 *   all are full: nobody else waits, so for a second
 * </pre>
 */
final class Pausing {
    private static final long ROOM_WITHIN = Duration.ofMillis(100).toNanos();
    private static final long OTHERS_WAIT = Duration.ofMillis(500).toNanos();
    private static final long UNPOLLED = Duration.ofSeconds(1).toNanos();

    private final Consumer<?, ?> consumer;
    private final int mostRecords;
    private final LongSupplier nanos;
    private final Map<TopicPartition, Long> fullSince = new HashMap<>();
    /** Nothing is left of earlier fetches. */
    private boolean drained;

    private long polledAt;
    private long othersAskedAt;

    /**
     * @param mostRecords of one poll
     * @param nanos as {@link System#nanoTime}
     */
    Pausing(Consumer<?, ?> consumer, int mostRecords, LongSupplier nanos) {
        this.consumer = consumer;
        this.mostRecords = mostRecords;
        this.nanos = nanos;
        this.polledAt = nanos.getAsLong();
        this.othersAskedAt = polledAt;
    }

    /**
     * Resumes what has room again and, if the consumer is to be polled, pauses what is full.
     *
     * @return nanoseconds to wait before this is asked again, 0 when the consumer is to be polled
     */
    long beforePoll(Collection<Assignment> running) {
        Set<TopicPartition> paused = consumer.paused();
        var full = new HashSet<TopicPartition>();
        var roomy = new HashSet<TopicPartition>();
        for (Assignment assignment : running) {
            (assignment.isFull() ? full : roomy).add(assignment.partition());
        }
        paused.stream().filter(roomy::contains).forEach(partition -> consumer.resume(Set.of(partition)));
        fullSince.keySet().retainAll(full);
        long now = nanos.getAsLong();
        full.forEach(partition -> fullSince.putIfAbsent(partition, now));
        long wait = full.isEmpty() ? 0 : patience(roomy, now);
        if (wait <= 0) {
            consumer.pause(full);
        }
        return Math.max(0, wait);
    }

    private long patience(Set<TopicPartition> roomy, long now) {
        if (roomy.isEmpty()) {
            return UNPOLLED - (now - polledAt);
        }
        if (!roomy.stream().allMatch(this::isAtItsEnd)) {
            return 0;
        }
        long youngest = fullSince.values().stream()
                .mapToLong(since -> now - since)
                .min()
                .orElse(ROOM_WITHIN);
        return Math.min(ROOM_WITHIN - youngest, OTHERS_WAIT - (now - othersAskedAt));
    }

    /** As far as the last fetch knows; asks nobody. */
    private boolean isAtItsEnd(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(1) == 0;
    }

    /** A poll that brings less than it may leaves nothing behind: its last act is to ask for all partitions. */
    void polled(int records) {
        drained |= records < mostRecords;
        woken();
        drained = records < mostRecords;
    }

    /** The poll ended early; what was asked before it still is. */
    void woken() {
        polledAt = nanos.getAsLong();
        if (drained || !fullSince.isEmpty()) {
            othersAskedAt = polledAt;
        }
    }
}
