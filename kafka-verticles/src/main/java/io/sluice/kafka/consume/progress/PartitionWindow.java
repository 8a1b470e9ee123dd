package io.sluice.kafka.consume.progress;

import io.sluice.kafka.consume.progress.Checkpoint.Failed;
import io.sluice.kafka.consume.progress.Checkpoint.Range;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition assignment that were received and are not settled, and with them the position that may
 * be committed. Every operation takes constant time; memory grows with the records held, not with the offsets they
 * span: what is settled between two held records is one number.
 *
 * <pre>{@code
 *   position()                                      expected()
 *       │                                               │
 *       40  41  42  43  44  45  46  47  48  49  50  51  52  53  54  …
 *       ○   ●   ●   ·   ○   ●   ·   ●   ○   ○   ●   ·       ▒   ▒
 *       │   └── run ──┘ │   └── run ──┘ │   │   └run┘       └ settled by an earlier owner,
 *      held            held          held held               not received again yet
 *
 *   ○ received, not settled     ● settled     · never received: compacted, aborted, a transaction's marker
 * }</pre>
 *
 * <p>Below {@code expected()} an offset that was not received does not exist for this consumer, so it may count as
 * settled; from {@code expected()} on nothing is known but what was restored.
 */
final class PartitionWindow<R> {
    private final RestoredOffsets restored;
    private @Nullable HeldRecord<R> oldest;
    private @Nullable HeldRecord<R> newest;
    private long expected;
    private int records;
    private long bytes;

    PartitionWindow(Checkpoint start) {
        restored = new RestoredOffsets(start);
        expected = start.position();
    }

    /** The lowest offset that is not settled, where the next owner starts; negative when nothing is known. */
    long position() {
        return oldest == null ? expected : oldest.offset();
    }

    /** The next offset to be received, negative when nothing is known. */
    long expected() {
        return expected;
    }

    int records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    @Nullable
    HeldRecord<R> oldest() {
        return oldest;
    }

    /**
     * Takes a record whose offset is not below {@link #expected()}.
     *
     * @return false when an earlier owner of the partition settled it: it is not to be delivered
     */
    boolean add(HeldRecord<R> record) {
        long offset = record.offset();
        expected = offset + 1;
        if (restored.isSettled(offset)) {
            markSettledAfter(newest, offset);
            return false;
        }
        Failed failed = restored.failed(offset);
        if (failed != null) {
            record.restore(failed);
        }
        append(record);
        return true;
    }

    private void append(HeldRecord<R> record) {
        record.older = newest;
        if (newest == null) {
            oldest = record;
        } else {
            newest.newer = record;
        }
        newest = record;
        records++;
        bytes += record.bytes();
    }

    void settle(HeldRecord<R> record) {
        markSettledAfter(record.older, record.offset());
        unlink(record);
    }

    /** The run that begins after {@code held} reaches at least to {@code offset}; below the oldest no run is kept. */
    private void markSettledAfter(@Nullable HeldRecord<R> held, long offset) {
        if (held != null && held.settledFrom == HeldRecord.NONE) {
            held.settledFrom = offset;
        }
    }

    private void unlink(HeldRecord<R> record) {
        if (record.older == null) {
            oldest = record.newer;
        } else {
            record.older.newer = record.newer;
        }
        if (record.newer == null) {
            newest = record.older;
        } else {
            record.newer.older = record.older;
        }
        record.older = null;
        record.newer = null;
        records--;
        bytes -= record.bytes();
    }

    /** The consumer's position went to {@code position}: what was not received below it does not exist. */
    void reached(long position) {
        expected = Math.max(expected, position);
    }

    /**
     * The log ended below {@link #expected()} and goes on from {@code offset}: whatever was known from there on is void.
     *
     * @param forgotten gets the held records that are void, highest offset first
     */
    void rewind(long offset, Consumer<HeldRecord<R>> forgotten) {
        restored.forget();
        for (HeldRecord<R> last = newest; last != null && last.offset() >= offset; last = newest) {
            unlink(last);
            forgotten.accept(last);
        }
        if (newest != null && newest.settledFrom >= offset) {
            newest.settledFrom = HeldRecord.NONE;
        }
        expected = offset;
    }

    /** What the next owner has to know. */
    Checkpoint checkpoint() {
        var settled = new ArrayList<Range>();
        var failed = new ArrayList<Failed>();
        for (HeldRecord<R> held = oldest; held != null; held = held.newer) {
            if (held.settledFrom != HeldRecord.NONE) {
                settled.add(new Range(held.settledFrom, held.newer == null ? expected : held.newer.offset()));
            }
            if (held.attempts() > 0) {
                failed.add(new Failed(held.offset(), held.attempts(), held.firstFailureAt()));
            }
        }
        settled.addAll(restored.settledFrom(expected));
        failed.addAll(restored.failedFrom(expected));
        return new Checkpoint(position(), settled, failed);
    }
}
