package io.sluice.kafka.consume.progress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record that was received and is not yet settled.
 *
 * <p>It is a node of two linked lists, so that no operation has to search: {@link PartitionWindow} keeps all records by
 * offset (and writes {@code older}, {@code newer}, {@code settledFrom}), {@link KeyLanes} keeps the records of one lane
 * (and writes the other links, the state and the count of dispatches).
 *
 * @param <R> what the application gets
 */
final class HeldRecord<R> {
    /** Of {@link #settledFrom}: nothing between this record and the next held one is settled. */
    static final long NONE = -1;

    /** Where a record is on its way to being settled. */
    enum State {
        QUEUED,
        IN_FLIGHT,
        /** Refused for the last time; counts as in flight until the failure policy has ended it. */
        EXHAUSTED,
        RETRYING,
        BLOCKED,
        /** Settled, or no longer in the log. */
        GONE
    }

    private final long offset;
    private final @Nullable ByteBuffer key;
    private final int bytes;
    private final R payload;
    private final long receivedAt;

    @Nullable
    HeldRecord<R> older;

    @Nullable
    HeldRecord<R> newer;
    /** Offsets from here up to the next held record are settled or were never received; {@link #NONE} if none are. */
    long settledFrom = NONE;

    @Nullable
    Lane<R> lane;

    @Nullable
    HeldRecord<R> previousInLane;

    @Nullable
    HeldRecord<R> nextInLane;

    State state = State.QUEUED;
    int dispatches;
    /** When it went out, or was exhausted; milliseconds since the epoch. */
    long since;
    /** The log was rewound below this record while it was in flight. */
    boolean forgotten;

    private int attempts;
    private long firstFailureAt;

    /**
     * @param key the record's key, null for none; not copied
     * @param bytes what the record counts against byte budgets
     * @param receivedAt milliseconds since the epoch
     */
    HeldRecord(long offset, byte @Nullable [] key, int bytes, R payload, long receivedAt) {
        this.offset = offset;
        this.key = key == null ? null : ByteBuffer.wrap(key);
        this.bytes = bytes;
        this.payload = payload;
        this.receivedAt = receivedAt;
    }

    long offset() {
        return offset;
    }

    /** The key, equal to another when the bytes are. */
    @Nullable
    ByteBuffer key() {
        return key;
    }

    int bytes() {
        return bytes;
    }

    R payload() {
        return payload;
    }

    long receivedAt() {
        return receivedAt;
    }

    /** How often the record was refused, in earlier assignments of the partition too. */
    int attempts() {
        return attempts;
    }

    /** Milliseconds since the epoch, meaningless before the first refusal. */
    long firstFailureAt() {
        return firstFailureAt;
    }

    void refusedAt(long now) {
        if (attempts == 0) {
            firstFailureAt = now;
        }
        if (attempts < Integer.MAX_VALUE) {
            attempts++;
        }
    }

    void restore(Checkpoint.Failed failed) {
        attempts = failed.attempts();
        firstFailureAt = failed.firstFailureAt();
    }
}
