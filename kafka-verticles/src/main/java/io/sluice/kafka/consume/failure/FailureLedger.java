package io.sluice.kafka.consume.failure;

import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.kafka.consume.failure.FailedRecord.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest records of a binding that nobody took; the records themselves are in Kafka. Safe for use from any thread. */
public final class FailureLedger {
    private final int capacity;
    private final Map<Coordinates, FailedRecord> records = new LinkedHashMap<>();

    /** @param capacity entries kept; a new one takes the place of the oldest */
    public FailureLedger(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an entry, in place of an earlier one of the same record. */
    public synchronized void add(FailedRecord record) {
        records.remove(record.coordinates());
        records.put(record.coordinates(), record);
        if (records.size() > capacity) {
            records.remove(records.keySet().iterator().next());
        }
    }

    /** The record was delivered after all; nothing happens when it is not in the ledger. */
    public synchronized void redelivered(Coordinates coordinates, long now) {
        records.computeIfPresent(coordinates, (same, record) -> record.with(Outcome.REDELIVERED, now));
    }

    /** The record was passed over because somebody asked for that. */
    public synchronized void skipped(Coordinates coordinates, long now) {
        records.computeIfPresent(coordinates, (same, record) -> record.with(Outcome.SKIPPED, now));
    }

    /** All entries, newest first. */
    public synchronized List<FailedRecord> newestFirst() {
        var all = new ArrayList<>(records.values());
        Collections.reverse(all);
        return all;
    }
}
