package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.progress.PartitionProgress;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Pause;

/**
 * Whether more records of a partition are taken: by its own window, and by the memory that all partitions share. Belongs to
 * the verticle's context.
 */
final class LaneRoom {
    private static final long NEVER = Long.MAX_VALUE;

    private final Assignment assignment;
    private final PartitionProgress<?> progress;
    private final TopicMemory memory;
    private long shortSince = NEVER;

    LaneRoom(Assignment assignment, PartitionProgress<?> progress, TopicMemory memory) {
        this.assignment = assignment;
        this.progress = progress;
        this.memory = memory;
    }

    /** Records came in, or a position without any. */
    void received(boolean records, long now) {
        boolean memoryShort = memory.isShortFor(progress.bytes(), false);
        if (memoryShort || progress.pause().isPresent()) {
            // Not only at the end of the tick: the next poll may be under way already.
            assignment.full(true);
        }
        if (records) {
            // Until now there was memory.
            shortSince = memoryShort ? now : NEVER;
        }
    }

    /** @return whether fetching is to go on after a pause */
    boolean update(long now) {
        boolean before = assignment.isFull();
        boolean memoryShort = memory.isShortFor(progress.bytes(), isShort());
        shortSince = memoryShort ? Math.min(shortSince, now) : NEVER;
        boolean full =
                memoryShort || (before ? !progress.hasRoom() : progress.pause().isPresent());
        assignment.full(full);
        return before && !full;
    }

    boolean isShort() {
        return shortSince != NEVER;
    }

    /** Whether no record is taken because those that are held cannot move. */
    boolean isHeld() {
        return assignment.isFull()
                && progress.pause().filter(Pause.STUCK::equals).isPresent();
    }

    /** Milliseconds for which no record was taken for want of memory. */
    long shortFor(long now) {
        return isShort() ? now - shortSince : 0;
    }

    /** Why no record is taken for want of memory, empty when that is not so. */
    String shortBecause() {
        return isShort() ? memory.text() : "";
    }
}
