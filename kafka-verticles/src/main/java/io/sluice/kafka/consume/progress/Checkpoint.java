package io.sluice.kafka.consume.progress;

import java.util.List;

/**
 * What is known of a partition from the commit position on.
 *
 * @param position the lowest offset that may have to be delivered, negative when nothing is known
 * @param settled offsets at or above the position that must not be delivered again, ascending, without overlap
 * @param failed records that were refused and are not settled, ascending
 */
record Checkpoint(long position, List<Range> settled, List<Failed> failed) {

    /** Offsets from {@code from} up to but not including {@code to}. */
    record Range(long from, long to) {}

    /**
     * @param attempts how often the record was refused, at least once
     * @param firstFailureAt milliseconds since the epoch
     */
    record Failed(long offset, int attempts, long firstFailureAt) {}

    Checkpoint {
        settled = List.copyOf(settled);
        failed = List.copyOf(failed);
    }

    /** Everything from {@code position} on is to be delivered. */
    static Checkpoint at(long position) {
        return new Checkpoint(position, List.of(), List.of());
    }
}
