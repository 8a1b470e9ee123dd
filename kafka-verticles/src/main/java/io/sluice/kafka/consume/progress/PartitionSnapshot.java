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
        BYTES,
        /** So many records that cannot move are held that there is no room for others. */
        STUCK
    }

    /**
     * The record that holds the position.
     *
     * @param age milliseconds since it was received
     * @param refusals how often it was refused
     * @param stage where it is on its way
     * @param time when it will be tried again if it waits for that, and otherwise since when it is there; milliseconds
     *     since the epoch
     */
    public record Oldest(long offset, long age, int refusals, Stage stage, long time) {
        static Oldest of(HeldRecord<?> record, long now) {
            return new Oldest(
                    record.offset(),
                    now - record.receivedAt(),
                    record.attempts(),
                    Stage.of(record),
                    Stage.timeOf(record));
        }
    }

    /** Where a record is on its way to being settled. */
    public enum Stage {
        /** For its turn, or for room. */
        WAITING,
        DELIVERING,
        /** For its next attempt. */
        RETRYING,
        /** There are no more attempts, and what becomes of it is under way. */
        DEAD_LETTERING,
        BLOCKED;

        static Stage of(HeldRecord<?> record) {
            return switch (record.state) {
                case QUEUED, GONE -> WAITING;
                case IN_FLIGHT -> DELIVERING;
                case RETRYING -> RETRYING;
                case EXHAUSTED -> DEAD_LETTERING;
                case BLOCKED -> BLOCKED;
            };
        }

        /** When it will be tried again if it waits for that, and otherwise since when it is at its stage. */
        static long timeOf(HeldRecord<?> record) {
            Lane<?> lane = record.lane;
            return switch (record.state) {
                case QUEUED, GONE -> record.receivedAt();
                case IN_FLIGHT, EXHAUSTED -> record.since;
                case RETRYING -> lane == null ? record.since : lane.retryAt;
                case BLOCKED -> lane == null ? record.since : lane.blockedSince;
            };
        }
    }

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
                oldest == null ? Optional.empty() : Optional.of(Oldest.of(oldest, now)),
                blocked,
                pause);
    }

    /** Whoever reads the buffer moves its position; the lane's own must stay. */
    private static @Nullable ByteBuffer readOnly(@Nullable ByteBuffer key) {
        return key == null ? null : key.asReadOnlyBuffer();
    }
}
