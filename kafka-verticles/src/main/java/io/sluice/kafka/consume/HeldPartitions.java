package io.sluice.kafka.consume;

import java.util.Collection;
import java.util.List;

/**
 * Tells when partitions take no more records because those that are held cannot move. A partition that is paused because the
 * app has enough to do is none of them. Belongs to the verticle's context.
 */
final class HeldPartitions {
    private final Trouble held;

    HeldPartitions(Trouble held) {
        this.held = held;
    }

    void look(Collection<PartitionLane> lanes, long now) {
        List<PartitionLane> found =
                lanes.stream().filter(lane -> lane.room().isHeld()).toList();
        if (found.isEmpty()) {
            held.isOver();
        } else {
            var first = found.get(0).assignment().partition();
            held.lasts(
                    "partitions that take no more records, as those that are blocked or wait for a retry fill them: "
                            + found.size() + ", the first is " + first.topic() + "/" + first.partition()
                            + "; redeliver or skip what is blocked, or look at the app",
                    now);
        }
    }

    /** Whoever looked does so no longer. */
    void forget() {
        held.forget();
    }
}
