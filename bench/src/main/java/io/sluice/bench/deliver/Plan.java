package io.sluice.bench.deliver;

import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * What one start of a program goes through: a warm-up with an app that answers at once; for each latency of the app a
 * drain of records produced beforehand, after another warm-up if the app is slow; for each latency records at a fixed rate.
 *
 * @param appMillis the latencies
 * @param warmup seconds, roughly, of each; five times as long where a second has few records
 * @param seconds of each drain, roughly, and of each fixed rate
 * @param wantedRate records a second, where the case can do twice as many
 */
public record Plan(Topology topology, List<Integer> appMillis, int warmup, int seconds, int wantedRate) {
    /** A compiler counts calls, not seconds: a program that has few records a second to deliver is warm later. */
    private static final int FEW_RECORDS = 2000;

    private static final int LONGER = 5;

    /** The same topology and the warm-up alone. */
    public Plan rehearsal() {
        return new Plan(topology, List.of(), warmup, seconds, wantedRate);
    }

    List<DeliverCase> cases() {
        return appMillis.stream()
                .map(millis -> new DeliverCase(topology, millis))
                .toList();
    }

    int warmupRecords() {
        return warmup * new DeliverCase(topology, 0).nominal();
    }

    /** Records before those of the drain, while a program gets used to an app that is slow. */
    int settleRecords(DeliverCase row) {
        if (row.appMillis() == 0) {
            return 0;
        }
        return warmup * row.nominal() * (row.nominal() < FEW_RECORDS ? LONGER : 1);
    }

    int drainRecords(DeliverCase row) {
        return seconds * row.nominal();
    }

    int rate(DeliverCase row) {
        return row.rate(wantedRate);
    }

    /** Records at the fixed rate that come before the measured ones: half a second. */
    int leadRecords(DeliverCase row) {
        return rate(row) / 2;
    }

    int pacedRecords(DeliverCase row) {
        return seconds * rate(row);
    }

    /** Records produced before the program is started. */
    public int backlog() {
        return warmupRecords() + cases().stream().mapToInt(this::drainedRecords).sum();
    }

    private int drainedRecords(DeliverCase row) {
        return settleRecords(row) + drainRecords(row);
    }

    /** All records of the start. */
    public int total() {
        return backlog()
                + cases().stream()
                        .mapToInt(row -> leadRecords(row) + pacedRecords(row))
                        .sum();
    }

    /** The milliseconds the app takes, by record id. */
    public IntUnaryOperator latencies() {
        var millisFrom = new TreeMap<Integer, Integer>();
        millisFrom.put(Integer.MIN_VALUE, 0);
        int id = warmupRecords();
        for (DeliverCase row : cases()) {
            millisFrom.put(id, row.appMillis());
            id += drainedRecords(row);
        }
        for (DeliverCase row : cases()) {
            millisFrom.put(id, row.appMillis());
            id += leadRecords(row) + pacedRecords(row);
        }
        return record -> millisFrom.floorEntry(record).getValue();
    }
}
