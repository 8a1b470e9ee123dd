package io.sluice.kafka.consume.progress;

import io.sluice.kafka.consume.progress.Checkpoint.Failed;
import io.sluice.kafka.consume.progress.Checkpoint.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier owner of the partition left behind for offsets that were not received again yet. Asked in ascending
 * order of offsets, so two cursors do instead of a search.
 */
final class RestoredOffsets {
    private List<Range> settled;
    private List<Failed> failed;
    private int nextSettled;
    private int nextFailed;

    RestoredOffsets(Checkpoint checkpoint) {
        settled = checkpoint.settled();
        failed = checkpoint.failed();
    }

    boolean isSettled(long offset) {
        while (nextSettled < settled.size() && settled.get(nextSettled).to() <= offset) {
            nextSettled++;
        }
        return nextSettled < settled.size() && settled.get(nextSettled).from() <= offset;
    }

    @Nullable
    Failed failed(long offset) {
        while (nextFailed < failed.size() && failed.get(nextFailed).offset() < offset) {
            nextFailed++;
        }
        return nextFailed < failed.size() && failed.get(nextFailed).offset() == offset ? failed.get(nextFailed) : null;
    }

    /** The settled offsets at or above {@code offset}. */
    List<Range> settledFrom(long offset) {
        var ranges = new ArrayList<Range>();
        for (Range range : settled.subList(nextSettled, settled.size())) {
            if (range.to() > offset) {
                ranges.add(new Range(Math.max(range.from(), offset), range.to()));
            }
        }
        return ranges;
    }

    /** The failed records at or above {@code offset}. */
    List<Failed> failedFrom(long offset) {
        return failed.subList(nextFailed, failed.size()).stream()
                .filter(record -> record.offset() >= offset)
                .toList();
    }

    /** The log was rewound: its offsets may hold other records now. */
    void forget() {
        settled = List.of();
        failed = List.of();
        nextSettled = 0;
        nextFailed = 0;
    }
}
