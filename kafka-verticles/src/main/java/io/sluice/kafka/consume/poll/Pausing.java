package io.sluice.kafka.consume.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a consumer from taking records of partitions that are full. Belongs to the poller's thread.
 *
 * <p>A full partition is not paused at once. A broker answers a fetch when it has something, or after half a second, and a
 * consumer has one fetch at a time under way at a broker: while one waits there for idle partitions, a paused partition
 * that was left out of it gets nothing, however soon it has room. So the thread waits a little for that room, and polls
 * only then:
 *
 * <pre>
 *   full ──┬─ has room within 100 ms ────────────────────────────► poll: nothing was paused
 *          └─ has none, or others were not asked for 500 ms ─────► pause, and poll for the others
 *   all partitions full: nobody else waits, so for a second
 * </pre>
 */
final class Pausing {
    private static final long ROOM_WITHIN = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long OTHERS_WAIT = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long UNPOLLED = Duration.ofSeconds(1).toNanos();

    private final Consumer<?, ?> consumer;
    private final int mostRecords;
    private final LongSupplier nanos;
    private boolean waiting;
    /** The next poll is without the full ones. */
    private boolean leftOut;

    /** Nothing is left of earlier fetches. */
    private boolean drained;

    private long fullSince;
    private long othersAskedAt;

    /**
     * @param mostRecords of one poll
     * @param nanos as {@link System#nanoTime}
     */
    Pausing(Consumer<?, ?> consumer, int mostRecords, LongSupplier nanos) {
        this.consumer = consumer;
        this.mostRecords = mostRecords;
        this.nanos = nanos;
        this.othersAskedAt = nanos.getAsLong();
    }

    /**
     * Resumes what has room again, and pauses what is full if that is due.
     *
     * @return nanoseconds to wait before this is asked again, 0 when the consumer is to be polled
     */
    long beforePoll(Collection<Assignment> running) {
        Set<TopicPartition> paused = consumer.paused();
        var full = new ArrayList<TopicPartition>();
        int notFull = 0;
        for (Assignment assignment : running) {
            TopicPartition partition = assignment.partition();
            if (!assignment.isFull()) {
                notFull++;
                if (paused.contains(partition)) {
                    consumer.resume(List.of(partition));
                }
            } else if (!paused.contains(partition)) {
                full.add(partition);
            }
        }
        long wait = full.isEmpty() ? 0 : patience(notFull > 0);
        waiting = wait > 0;
        leftOut = !full.isEmpty() && !waiting;
        if (leftOut) {
            consumer.pause(full);
        }
        return wait;
    }

    private long patience(boolean others) {
        long now = nanos.getAsLong();
        if (!waiting) {
            fullSince = now;
        }
        long since = now - fullSince;
        return others
                ? Math.max(0, Math.min(ROOM_WITHIN - since, OTHERS_WAIT - (now - othersAskedAt)))
                : Math.max(0, UNPOLLED - since);
    }

    /** A poll that brings less than it may leaves nothing behind: its last act is to ask for all partitions. */
    void polled(int records) {
        drained |= records < mostRecords;
        woken();
        drained = records < mostRecords;
    }

    /** The poll ended early; what was asked before it still is. */
    void woken() {
        if (leftOut || drained) {
            othersAskedAt = nanos.getAsLong();
        }
    }
}
