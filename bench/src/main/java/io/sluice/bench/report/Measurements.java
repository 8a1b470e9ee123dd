package io.sluice.bench.report;

import io.sluice.bench.ledger.Balance;
import io.sluice.bench.load.LoadShape;
import io.sluice.bench.proc.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Everything a run has measured so far, by program and load, in the order of measuring. */
public final class Measurements {
    private final Map<String, Map<LoadShape, List<Sample>>> samples = new LinkedHashMap<>();
    private final Map<String, List<Memory>> memory = new LinkedHashMap<>();
    private Balance balance = Balance.NOTHING;

    public void add(String program, LoadShape load, Sample sample) {
        samples.computeIfAbsent(program, key -> new LinkedHashMap<>())
                .computeIfAbsent(load, key -> new ArrayList<>())
                .add(sample);
    }

    /** What a program held after all loads of a round, and what became of its requests. */
    public void finish(String program, Memory held, Balance requests) {
        memory.computeIfAbsent(program, key -> new ArrayList<>()).add(held);
        balance = balance.plus(requests);
    }

    /** Over all programs and rounds. */
    public Balance balance() {
        return balance;
    }

    /** Requests not answered 204, over all programs and rounds. */
    public long failed() {
        return samples.values().stream()
                .flatMap(loads -> loads.values().stream())
                .flatMap(List::stream)
                .mapToLong(Sample::failed)
                .sum();
    }

    Set<String> programs() {
        return samples.keySet();
    }

    Set<LoadShape> loads() {
        var loads = new LinkedHashSet<LoadShape>();
        samples.values().forEach(byLoad -> loads.addAll(byLoad.keySet()));
        return loads;
    }

    Sample median(String program, LoadShape load) {
        List<Sample> rounds = samples.getOrDefault(program, Map.of()).getOrDefault(load, List.of());
        return new Sample(
                Median.of(rounds, Sample::requestsPerSecond),
                Median.of(rounds, Sample::p50),
                Median.of(rounds, Sample::p99),
                Median.of(rounds, Sample::p999),
                Median.of(rounds, Sample::cpuMicros),
                rounds.stream().mapToLong(Sample::failed).sum());
    }

    /** The median, in MiB, of one of the figures of a program's memory. */
    double memoryMib(String program, ToDoubleFunction<Memory> kibibytes) {
        return Median.of(memory.getOrDefault(program, List.of()), kibibytes) / 1024;
    }
}
