package io.sluice.bench.report;

import io.sluice.bench.load.LoadShape;
import java.util.List;

/** What the gateway should cost, in times of the floor. */
public enum Goals {
    /** A record whose value is the client's own JSON. */
    PRODUCE {
        @Override
        List<Target> targets(Comparison comparison, LoadShape load) {
            return switch (load.connections()) {
                case 1 ->
                    List.of(Target.atMost(
                            "1 connection: p50, ms above the floor", comparison.p50Difference(load), 0.15));
                case 16 -> List.of(cpu(comparison, load, 1.25));
                case 256 ->
                    List.of(
                            cpu(comparison, load, 1.10),
                            Target.atLeast("256 connections: requests/s, ×", comparison.throughputRatio(load), 0.90));
                default -> List.of();
            };
        }
    },
    /** A record whose value is made Avro. */
    AVRO {
        @Override
        List<Target> targets(Comparison comparison, LoadShape load) {
            return load.connections() == 1 ? List.of() : List.of(cpu(comparison, load, 1.50));
        }
    };

    abstract List<Target> targets(Comparison comparison, LoadShape load);

    private static Target cpu(Comparison comparison, LoadShape load, double limit) {
        return Target.atMost(load.connections() + " connections: CPU per request, ×", comparison.cpuRatio(load), limit);
    }
}
