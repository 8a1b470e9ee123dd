package io.sluice.kafka.consume.progress;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partition at one moment, for whoever asks why it does not move.
 *
 * @param position where the next owner would start, negative when nothing is known
 * @param expected the next offset to be received, negative when nothing is known
 * @param records records received and not settled
 * @param bytes their bytes
 * @param inFlight deliveries under way
 * @param retrying lanes that wait for a retry
 * @param blocked lanes that wait for somebody to act, longest wait first
 * @param pause why no more records are taken
 */
public record PartitionSnapshot(
        long position,
        long expected,
        int records,
        long bytes,
        int inFlight,
        int retrying,
        Optional<Oldest> oldest,
        List<Blocked> blocked,
        Optional<Pause> pause) {

    /** Which bound of the window is reached. */
    public enum Pause {
        RECORDS,
        BYTES
    }

    /**
     * The record that holds the position.
     *
     * @param age milliseconds since it was received
     * @param refusals how often it was refused
     */
    public record Oldest(long offset, long age, int refusals) {}

    /**
     * The first record of a blocked lane.
     *
     * @param key the lane's key, null for a lane that is not a key's
     * @param since milliseconds since the epoch
     */
    public record Blocked(@Nullable ByteBuffer key, long offset, long since, String reason) {}

    static PartitionSnapshot of(PartitionWindow<?> window, KeyLanes<?> lanes, Optional<Pause> pause, long now) {
        var blocked = new ArrayList<Blocked>();
        lanes.forEachBlocked(lane -> blocked.add(
                new Blocked(readOnly(lane.key()), lane.first().offset(), lane.blockedSince, lane.blockReason)));
        HeldRecord<?> oldest = window.oldest();
        return new PartitionSnapshot(
                window.position(),
                window.expected(),
                window.records(),
                window.bytes(),
                lanes.inFlight(),
                lanes.retrying(),
                oldest == null
                        ? Optional.empty()
                        : Optional.of(new Oldest(oldest.offset(), now - oldest.receivedAt(), oldest.attempts())),
                blocked,
                pause);
    }

    /** Whoever reads the buffer moves its position; the lane's own must stay. */
    private static @Nullable ByteBuffer readOnly(@Nullable ByteBuffer key) {
        return key == null ? null : key.asReadOnlyBuffer();
    }
}
