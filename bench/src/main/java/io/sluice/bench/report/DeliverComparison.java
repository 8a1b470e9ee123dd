package io.sluice.bench.report;

import io.sluice.bench.deliver.DeliverCase;
import io.sluice.bench.deliver.Figures;
import io.sluice.bench.deliver.Ordering;
import io.sluice.bench.deliver.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The gateway against the floor, and against itself with one delivery in flight. */
final class DeliverComparison {
    private static final double CPU_LIMIT = 1.15;
    private static final double KEYS_LIMIT = 20;
    private static final int SLOW_APP = 5;

    private final DeliverMeasurements measurements;
    private final String floor;
    private final String gateway;

    DeliverComparison(DeliverMeasurements measurements, String floor, String gateway) {
        this.measurements = measurements;
        this.floor = floor;
        this.gateway = gateway;
    }

    /** The cases that both got through. */
    List<DeliverCase> cases() {
        return measurements.cases().stream()
                .filter(row -> floor(row).isPresent() && gateway(row).isPresent())
                .toList();
    }

    /** The gateway's figure divided by the floor's; NaN if one did not get through. */
    double ratio(DeliverCase row, ToDoubleFunction<Figures> figure) {
        return quotient(gateway(row), floor(row), figure);
    }

    /** Milliseconds. */
    double p50Difference(DeliverCase row) {
        return value(gateway(row), Figures::p50) - value(floor(row), Figures::p50);
    }

    /** The targets of what was measured. */
    List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (DeliverCase row : cases()) {
            targets.add(Target.atMost(row.label() + ": CPU per record, ×", ratio(row, Figures::cpuMicros), CPU_LIMIT));
        }
        Optional<Figures> keys = gateway(slow(Ordering.KEY));
        Optional<Figures> one = gateway(slow(Ordering.PARTITION));
        if (keys.isPresent() && one.isPresent()) {
            double gain = quotient(keys, one, Figures::recordsPerSecond);
            targets.add(Target.atLeast(
                    slow(Ordering.KEY).label() + ": records/s against one in flight, ×", gain, KEYS_LIMIT));
        }
        return targets;
    }

    private static DeliverCase slow(Ordering ordering) {
        return new DeliverCase(new Topology(1, ordering), SLOW_APP);
    }

    private static double quotient(
            Optional<Figures> dividend, Optional<Figures> divisor, ToDoubleFunction<Figures> figure) {
        return value(dividend, figure) / value(divisor, figure);
    }

    private static double value(Optional<Figures> figures, ToDoubleFunction<Figures> figure) {
        return figures.map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private Optional<Figures> floor(DeliverCase row) {
        return measurements.median(floor, row);
    }

    private Optional<Figures> gateway(DeliverCase row) {
        return measurements.median(gateway, row);
    }
}
