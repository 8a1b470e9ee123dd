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

    /** The targets of those closed loops that were measured. */
    List<Target> targets(Goals goals) {
        var targets = new ArrayList<Target>();
        for (LoadShape load : measurements.loads()) {
            if (!load.isOpen()) {
                targets.addAll(goals.targets(this, load));
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
