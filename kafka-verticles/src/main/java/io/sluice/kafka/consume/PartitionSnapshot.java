package io.sluice.kafka.consume;

import java.nio.ByteBuffer;
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
record PartitionSnapshot(
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
    enum Pause {
        RECORDS,
        BYTES
    }

    /**
     * The record that holds the position.
     *
     * @param age milliseconds since it was received
     * @param refusals how often it was refused
     */
    record Oldest(long offset, long age, int refusals) {}

    /**
     * The first record of a blocked lane.
     *
     * @param key the lane's key, null for a lane that is not a key's
     * @param since milliseconds since the epoch
     */
    record Blocked(@Nullable ByteBuffer key, long offset, long since, String reason) {}
}
