package io.sluice.kafka.consume.progress;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The leader epochs of a partition's records from the last commit on. They change with the partition's leader, so this
 * holds an entry for each change and none for each record.
 */
final class LeaderEpochs {
    /** From an offset on, records are of an epoch. */
    private final NavigableMap<Long, Integer> changes = new TreeMap<>();

    private int newest;

    /** @param committed its epoch is that of the record before its offset */
    LeaderEpochs(Commit committed) {
        if (committed.offset() >= 0) {
            add(committed.offset() - 1, committed.leaderEpoch());
        }
    }

    /** The record at {@code offset}, above all that are known, is of {@code epoch}. */
    void add(long offset, int epoch) {
        if (epoch != newest || changes.isEmpty()) {
            changes.put(offset, epoch);
            newest = epoch;
        }
    }

    /** What was known from {@code offset} on is void. */
    void forgetFrom(long offset) {
        changes.tailMap(offset, true).clear();
        newest = changes.isEmpty() ? Commit.NO_EPOCH : changes.lastEntry().getValue();
    }

    /**
     * The epoch of the last record below {@code position}, as Kafka has it in a commit; {@link Commit#NO_EPOCH} when it is
     * not known. Nothing below will be asked for again.
     */
    int before(long position) {
        Map.Entry<Long, Integer> last = changes.lowerEntry(position);
        if (last == null) {
            return Commit.NO_EPOCH;
        }
        changes.headMap(last.getKey(), false).clear();
        return last.getValue();
    }
}
