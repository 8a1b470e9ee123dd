package io.sluice.bench.report;

import io.sluice.bench.deliver.DeliverCase;
import io.sluice.bench.deliver.Figures;
import io.sluice.bench.ledger.DeliveryBalance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything a run of {@code bench/run deliver} has measured so far, in the order of measuring. */
public final class DeliverMeasurements {
    private final Map<DeliverCase, Map<String, List<Figures>>> figures = new LinkedHashMap<>();
    private DeliveryBalance balance = DeliveryBalance.NOTHING;

    public void add(String program, DeliverCase row, Figures round) {
        figures.computeIfAbsent(row, key -> new LinkedHashMap<>())
                .computeIfAbsent(program, key -> new ArrayList<>())
                .add(round);
    }

    /** What became of the records of one start. */
    public void finish(DeliveryBalance records) {
        balance = balance.plus(records);
    }

    /** Over all programs and rounds. */
    public DeliveryBalance balance() {
        return balance;
    }

    Set<DeliverCase> cases() {
        return figures.keySet();
    }

    /** Empty if the program did not get through the case. */
    Optional<Figures> median(String program, DeliverCase row) {
        List<Figures> rounds = figures.getOrDefault(row, Map.of()).getOrDefault(program, List.of());
        return rounds.stream()
                .findFirst()
                .map(first -> new Figures(
                        Median.of(rounds, Figures::recordsPerSecond),
                        Median.of(rounds, Figures::cpuMicros),
                        Median.of(rounds, Figures::jitMicros),
                        first.rate(),
                        Median.of(rounds, Figures::p50),
                        Median.of(rounds, Figures::p99)));
    }
}
