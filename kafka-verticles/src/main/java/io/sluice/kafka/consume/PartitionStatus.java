package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Unreadable;
import io.sluice.kafka.consume.progress.PartitionSnapshot;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An assigned partition at one moment.
 *
 * @param committed negative when the group has committed nothing
 * @param end negative when it is not known
 * @param lag likewise
 * @param lastError of a delivery or a dead letter
 * @param deadLetterFailing whether nothing is delivered because a dead letter cannot be written
 * @param full whether no more records are taken for now
 * @param memoryShort why no records are taken though the partition's own window has room, empty when that is not so
 * @param unreadable the record that cannot be read and holds the partition
 * @param lastJump where the partition went on elsewhere
 */
record PartitionStatus(
        TopicPartition partition,
        long committed,
        long end,
        long lag,
        LastError lastError,
        boolean deadLetterFailing,
        boolean full,
        String memoryShort,
        @Nullable Unreadable unreadable,
        Jumps.@Nullable Seen lastJump,
        PartitionSnapshot snapshot) {

    /**
     * What went wrong last.
     *
     * @param reason empty when nothing did, or when it is over
     * @param time milliseconds since the epoch
     */
    record LastError(String reason, long time) {
        static final LastError NONE = new LastError("", 0);
    }
}
