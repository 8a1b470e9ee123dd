package io.sluice.bench.report;

import io.sluice.bench.load.LoadShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The gateway against the best floor of each column: most requests per second, least CPU, least p50. */
final class Comparison {
    private final Measurements measurements;
    private final String gateway;

    Comparison(Measurements measurements, String gateway) {
        this.measurements = measurements;
        this.gateway = gateway;
    }

    boolean possible() {
        return measurements.programs().contains(gateway)
                && measurements.programs().size() > 1;
    }

    double throughputRatio(LoadShape load) {
        return gateway(load).requestsPerSecond()
                / floors(load, Sample::requestsPerSecond).max().orElse(Double.NaN);
    }

    double cpuRatio(LoadShape load) {
        return gateway(load).cpuMicros() / floors(load, Sample::cpuMicros).min().orElse(Double.NaN);
    }

    double p50Difference(LoadShape load) {
        return gateway(load).p50() - floors(load, Sample::p50).min().orElse(Double.NaN);
    }

    /** The targets of those loads that were measured. */
    List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (LoadShape load : measurements.loads()) {
            if (load.isOpen()) {
                continue;
            }
            switch (load.connections()) {
                case 1 ->
                    targets.add(Target.atMost("1 connection: p50, ms above the floor", p50Difference(load), 0.15));
                case 16 -> targets.add(Target.atMost("16 connections: CPU per request, ×", cpuRatio(load), 1.25));
                case 256 -> {
                    targets.add(Target.atMost("256 connections: CPU per request, ×", cpuRatio(load), 1.10));
                    targets.add(Target.atLeast("256 connections: requests/s, ×", throughputRatio(load), 0.90));
                }
                default -> {}
            }
        }
        return targets;
    }

    private Sample gateway(LoadShape load) {
        return measurements.median(gateway, load);
    }

    private DoubleStream floors(LoadShape load, ToDoubleFunction<Sample> figure) {
        return measurements.programs().stream()
                .filter(program -> !program.equals(gateway))
                .map(program -> measurements.median(program, load))
                .mapToDouble(figure);
    }
}
