package io.sluice.kafka.consume.progress;

import io.sluice.kafka.consume.progress.PartitionSnapshot.Pause;
import java.util.Optional;

/**
 * Whether more records of a partition may be taken. Those that cannot move take no room from the others, up to a bound of their
 * own.
 */
final class PartitionRoom {
    private final PartitionLimits limits;
    private final PartitionWindow<?> window;
    private final KeyLanes<?> lanes;

    PartitionRoom(PartitionLimits limits, PartitionWindow<?> window, KeyLanes<?> lanes) {
        this.limits = limits;
        this.window = window;
        this.lanes = lanes;
    }

    /** The bound that is reached, empty when none is. */
    Optional<Pause> pause() {
        if (movableRecords() >= limits.maxRecords()) {
            return Optional.of(Pause.RECORDS);
        }
        if (movableBytes() >= limits.maxBytes()) {
            return Optional.of(Pause.BYTES);
        }
        boolean held = window.records() >= limits.heldRecords() || window.bytes() >= limits.heldBytes();
        return held ? Optional.of(Pause.STUCK) : Optional.empty();
    }

    /** After a pause: when half of what may move has left, so that it does not end for every single record. */
    boolean isEnoughToGoOn() {
        boolean moved = movableRecords() <= limits.maxRecords() / 2 && movableBytes() <= limits.maxBytes() / 2;
        return moved
                && window.records() <= limits.heldRecords() - limits.maxRecords() / 2
                && window.bytes() <= limits.heldBytes() - limits.maxBytes() / 2;
    }

    private int movableRecords() {
        return window.records() - lanes.stuckRecords();
    }

    private long movableBytes() {
        return window.bytes() - lanes.stuckBytes();
    }
}
