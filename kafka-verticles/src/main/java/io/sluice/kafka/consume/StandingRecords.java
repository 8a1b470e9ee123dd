package io.sluice.kafka.consume;

import io.sluice.kafka.consume.progress.Attempt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition without an attempt left that are not settled: those that are blocked, and those on their way to the
 * dead-letter topic. Somebody may settle them from outside.
 */
final class StandingRecords<R> {
    private final Map<Long, Attempt<R>> records = new HashMap<>();
    private final Set<Long> unwritten = new HashSet<>();

    void add(Attempt<R> attempt) {
        records.put(attempt.offset(), attempt);
    }

    /** Its dead letter could not be written so far. */
    void unwritten(Attempt<R> attempt) {
        unwritten.add(attempt.offset());
    }

    boolean has(Attempt<R> attempt) {
        return attempt.equals(records.get(attempt.offset()));
    }

    boolean hasUnwritten() {
        return !unwritten.isEmpty();
    }

    void remove(Attempt<R> attempt) {
        if (!records.isEmpty() && records.remove(attempt.offset(), attempt)) {
            unwritten.remove(attempt.offset());
        }
    }

    /** The one at this offset, null when there is none. */
    @Nullable
    Attempt<R> at(long offset) {
        return records.get(offset);
    }
}
