package io.sluice.kafka.consume.progress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Records that stay in order: only the first may be in flight. */
final class Lane<R> {
    private final @Nullable ByteBuffer key;
    private @Nullable HeldRecord<R> head;
    private @Nullable HeldRecord<R> tail;
    private int records;
    private long bytes;
    /** Whether the first record was refused or is blocked, so that none of the lane can move. */
    boolean stuck;
    /** When the first record is due again, in milliseconds since the epoch; valid while it is retrying. */
    long retryAt;
    /** Why the first record is blocked and since when; valid while it is. */
    String blockReason = "";

    long blockedSince;

    /** @param key what its records have in common, null when that is not their key */
    Lane(@Nullable ByteBuffer key) {
        this.key = key;
    }

    @Nullable
    ByteBuffer key() {
        return key;
    }

    boolean isEmpty() {
        return head == null;
    }

    /** The first record of a lane that is not empty. */
    HeldRecord<R> first() {
        if (head == null) {
            throw new IllegalStateException("the lane is empty");
        }
        return head;
    }

    void append(HeldRecord<R> record) {
        record.lane = this;
        record.previousInLane = tail;
        if (tail == null) {
            head = record;
        } else {
            tail.nextInLane = record;
        }
        tail = record;
        records++;
        bytes += record.bytes();
    }

    int records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    void remove(HeldRecord<R> record) {
        if (record.previousInLane == null) {
            head = record.nextInLane;
        } else {
            record.previousInLane.nextInLane = record.nextInLane;
        }
        if (record.nextInLane == null) {
            tail = record.previousInLane;
        } else {
            record.nextInLane.previousInLane = record.previousInLane;
        }
        records--;
        bytes -= record.bytes();
        // A result that never comes must not keep the records behind this one in memory.
        record.previousInLane = null;
        record.nextInLane = null;
    }
}
