package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.deliver.DeliverCase;
import io.sluice.bench.deliver.Figures;
import io.sluice.bench.deliver.Ordering;
import io.sluice.bench.deliver.Topology;
import io.sluice.bench.ledger.DeliveryBalance;
import org.junit.jupiter.api.Test;

class DeliverReportTest {
    private static final DeliverCase ONE = new DeliverCase(new Topology(1, Ordering.PARTITION), 5);
    private static final DeliverCase KEYS = new DeliverCase(new Topology(1, Ordering.KEY), 5);

    private final DeliverMeasurements measurements = new DeliverMeasurements();

    @Test
    void theReportTellsFiguresRatiosTargetsAndTheBalance() {
        measurements.add("floor", ONE, new Figures(180, 200, 10, 95, 2, 4));
        measurements.add("gateway", ONE, new Figures(171, 220, 10, 95, 2.5, 4));
        measurements.add("floor", KEYS, new Figures(9_000, 50, 10, 1000, 2, 4));
        measurements.add("gateway", KEYS, new Figures(3_591, 60, 10, 1000, 2, 4));
        measurements.finish(new DeliveryBalance(7, 6, 1, 2, 3, 4, 0));

        assertThat(render())
                .startsWith("a machine\n\n`a command`\n")
                .containsPattern(
                        "1 partition, key, 5 ms +\\| floor +\\| +9,000 \\| +50.0 \\| +10.0 \\| +1,000 \\| +2.00 \\| +4.00")
                .containsPattern("1 partition, partition, 5 ms +\\| 0.95 \\| 1.10 \\| 1.10 \\| \\+0.50")
                .contains("1 partition, partition, 5 ms: CPU per record, × | 1.10 | ≤ 1.15 | pass")
                .contains("1 partition, key, 5 ms: CPU per record, × | 1.20 | ≤ 1.15 | FAIL")
                .contains("1 partition, key, 5 ms: records/s against one in flight, × | 21.00 | ≥ 20.00 | pass")
                .contains("produced 7, delivered 6, lost 1, duplicates 2, out of order 3, overlapping 4");
    }

    @Test
    void roundsAreReducedToTheirMedians() {
        measurements.add("floor", ONE, new Figures(100, 10, 10, 95, 1, 2));
        measurements.add("floor", ONE, new Figures(300, 30, 10, 95, 3, 6));
        measurements.add("floor", ONE, new Figures(150, 20, 10, 95, 2, 4));

        assertThat(measurements.median("floor", ONE)).contains(new Figures(150, 20, 10, 95, 2, 4));
    }

    @Test
    void aProgramThatDidNotGetThroughACaseIsHeldAgainstNothing() {
        measurements.add("floor", ONE, new Figures(180, 200, 10, 95, 2, 4));

        assertThat(render()).contains("| floor ").doesNotContain("gateway").doesNotContain("target");
    }

    private String render() {
        return DeliverReport.render(measurements, "a machine", "a command");
    }
}
