package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.progress.Commit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a partition with this member of the group. Compared by identity: a partition that comes back is another
 * assignment, and nothing that belongs to the earlier one is committed under it.
 */
public final class Assignment {
    private final TopicPartition partition;
    private final Commit committed;
    private final long position;
    private volatile boolean full;
    private volatile long end = -1;
    private volatile @Nullable Unreadable unreadable;

    /**
     * @param committed what the group had committed
     * @param position where reading starts
     */
    public Assignment(TopicPartition partition, Commit committed, long position) {
        this.partition = partition;
        this.committed = committed;
        this.position = position;
    }

    public TopicPartition partition() {
        return partition;
    }

    public Commit committed() {
        return committed;
    }

    public long position() {
        return position;
    }

    /** Whether no more records are to be fetched for now. */
    public boolean isFull() {
        return full;
    }

    /** Heeded before the next poll; {@link ConsumerPoller#wake} makes that soon. */
    public void full(boolean now) {
        full = now;
    }

    /** The end of the partition when it was last asked for, negative when it is not known. */
    public long end() {
        return end;
    }

    void end(long offset) {
        end = offset;
    }

    /** What keeps the partition from being read, null for nothing. */
    public @Nullable Unreadable unreadable() {
        return unreadable;
    }

    void unreadable(@Nullable Unreadable record) {
        unreadable = record;
    }

    @Override
    public String toString() {
        return partition.toString();
    }
}
