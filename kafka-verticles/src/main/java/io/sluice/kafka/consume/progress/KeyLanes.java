package io.sluice.kafka.consume.progress;

import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.HeldRecord.State;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which held record is delivered next: one lane for the partition, one per key (compared by its bytes), or a
 * lane for each record, which is also what records without a key get. Lanes take turns; at most one record of a lane is
 * in flight; a lane that waits for a retry or is blocked holds up nobody else.
 *
 * <pre>{@code
 *   add ──► lane: a1 a2 a3 ─┐                          ┌─ remove: settled; the lane queues up again behind the others
 *   add ──► lane: b1        ├─► ready ──► in flight ───┼─ retry:   the lane waits until it is due
 *   add ──► lane: c1 c2     ┘   (first come,           └─ block:   the lane waits until that is removed
 *                                first served)
 * }</pre>
 */
final class KeyLanes<R> {
    private final Ordering ordering;
    private final int maxInFlight;
    private final long maxBytesInFlight;
    private final Lane<R> partition = new Lane<>(null);
    private final Map<ByteBuffer, Lane<R>> keys = new HashMap<>();
    private final ArrayDeque<Lane<R>> ready = new ArrayDeque<>();
    private final PriorityQueue<Lane<R>> retrying =
            new PriorityQueue<>(Comparator.<Lane<R>>comparingLong(lane -> lane.retryAt)
                    .thenComparingLong(lane -> lane.first().offset()));
    private final Set<Lane<R>> blocked = new LinkedHashSet<>();
    private int inFlight;
    private long bytesInFlight;
    private int stuckRecords;
    private long stuckBytes;

    /** @param maxBytesInFlight a record larger than this is delivered while nothing else is */
    KeyLanes(Ordering ordering, int maxInFlight, long maxBytesInFlight) {
        this.ordering = ordering;
        this.maxInFlight = maxInFlight;
        this.maxBytesInFlight = maxBytesInFlight;
    }

    int inFlight() {
        return inFlight;
    }

    int retrying() {
        return retrying.size();
    }

    /**
     * Records that cannot move before something else happens than the ends of deliveries: those of lanes whose first record
     * was refused or is blocked. With one lane for the partition there is nothing that they could hold up.
     */
    int stuckRecords() {
        return stuckRecords;
    }

    long stuckBytes() {
        return stuckBytes;
    }

    private void stuck(Lane<R> lane, boolean now) {
        if (lane.stuck != now && ordering != Ordering.PARTITION) {
            lane.stuck = now;
            int sign = now ? 1 : -1;
            stuckRecords += sign * lane.records();
            stuckBytes += sign * lane.bytes();
        }
    }

    /** How many records are in flight, wait for a retry or are blocked. */
    int tried() {
        return inFlight + retrying.size() + blocked.size();
    }

    void forEachBlocked(Consumer<? super Lane<R>> visitor) {
        blocked.forEach(visitor);
    }

    /** Takes a record with a higher offset than every earlier one. */
    void add(HeldRecord<R> record) {
        Lane<R> lane = laneOf(record.key());
        boolean idle = lane.isEmpty();
        lane.append(record);
        if (lane.stuck) {
            stuckRecords++;
            stuckBytes += record.bytes();
        }
        if (idle) {
            ready.add(lane);
        }
    }

    private Lane<R> laneOf(@Nullable ByteBuffer key) {
        return switch (ordering) {
            case PARTITION -> partition;
            case KEY -> key == null ? new Lane<>(null) : keys.computeIfAbsent(key, Lane::new);
            case NONE -> new Lane<>(null);
        };
    }

    /** The record to deliver at {@code now}, null when there is none or no room for it. */
    @Nullable
    HeldRecord<R> next(long now) {
        while (!retrying.isEmpty() && retrying.element().retryAt <= now) {
            queueUp(retrying.remove());
        }
        // The lane whose turn it is never loses it to a smaller record: a large one would starve.
        if (ready.isEmpty() || !hasRoomFor(ready.element().first())) {
            return null;
        }
        HeldRecord<R> record = ready.remove().first();
        record.state = State.IN_FLIGHT;
        record.dispatches++;
        record.since = now;
        inFlight++;
        bytesInFlight += record.bytes();
        return record;
    }

    private boolean hasRoomFor(HeldRecord<R> record) {
        return inFlight < maxInFlight && (inFlight == 0 || bytesInFlight + record.bytes() <= maxBytesInFlight);
    }

    /** When a waiting lane is due, in milliseconds since the epoch; empty when none waits. */
    OptionalLong nextRetryAt() {
        return retrying.isEmpty() ? OptionalLong.empty() : OptionalLong.of(retrying.element().retryAt);
    }

    /**
     * The record in flight is tried again at {@code time}.
     *
     * @param stuck whether the others of its lane are to be counted as {@link #stuckRecords}
     */
    void retry(HeldRecord<R> record, long time, boolean stuck) {
        land(record, State.RETRYING);
        Lane<R> lane = laneHolding(record);
        stuck(lane, stuck);
        lane.retryAt = time;
        retrying.add(lane);
    }

    /** The record in flight stays where it is until {@link #remove}. */
    void block(HeldRecord<R> record, String reason, long now) {
        land(record, State.BLOCKED);
        Lane<R> lane = laneHolding(record);
        stuck(lane, true);
        lane.blockReason = reason;
        lane.blockedSince = now;
        blocked.add(lane);
    }

    /** The record is done with, in flight or blocked: the next one of its lane may go. */
    void remove(HeldRecord<R> record) {
        Lane<R> lane = laneHolding(record);
        if (record.state == State.BLOCKED) {
            blocked.remove(lane);
        } else {
            land(record, State.GONE);
        }
        detach(record);
        if (!lane.isEmpty()) {
            queueUp(lane);
        }
    }

    /** The record is no longer in the log. One in flight keeps its lane until its result is in. */
    void forget(HeldRecord<R> record) {
        Lane<R> lane = laneHolding(record);
        switch (record.state) {
            case IN_FLIGHT, EXHAUSTED -> {
                // It is held no more, so it does not count as held without moving either.
                stuck(lane, false);
                record.forgotten = true;
            }
            case QUEUED -> {
                if (record.previousInLane == null) {
                    ready.remove(lane);
                }
                detach(record);
            }
            case RETRYING -> {
                retrying.remove(lane);
                detach(record);
            }
            case BLOCKED -> {
                blocked.remove(lane);
                detach(record);
            }
            case GONE -> {}
        }
    }

    private void queueUp(Lane<R> lane) {
        lane.first().state = State.QUEUED;
        ready.add(lane);
    }

    private void land(HeldRecord<R> record, State state) {
        record.state = state;
        inFlight--;
        bytesInFlight -= record.bytes();
    }

    private void detach(HeldRecord<R> record) {
        Lane<R> lane = laneHolding(record);
        if (record.previousInLane == null) {
            stuck(lane, false);
        } else if (lane.stuck) {
            stuckRecords--;
            stuckBytes -= record.bytes();
        }
        lane.remove(record);
        record.state = State.GONE;
        if (lane.isEmpty() && lane.key() != null) {
            keys.remove(lane.key());
        }
    }

    private Lane<R> laneHolding(HeldRecord<R> record) {
        return Objects.requireNonNull(record.lane);
    }
}
