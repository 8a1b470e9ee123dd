package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.bench.load.LoadShape;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final LoadShape ONE = LoadShape.closed(1);
    private static final LoadShape MANY = LoadShape.closed(256);

    private final Measurements measurements = new Measurements();
    private final Comparison comparison = new Comparison(measurements, "gateway");

    @Test
    void eachColumnIsHeldAgainstTheFloorThatIsBestInIt() {
        add("floor a", MANY, 40_000, 2.0, 30);
        add("floor b", MANY, 30_000, 1.0, 20);
        add("gateway", MANY, 36_000, 1.5, 22);

        assertThat(comparison.throughputRatio(MANY)).isEqualTo(0.9);
        assertThat(comparison.cpuRatio(MANY)).isEqualTo(1.1, within(1e-9));
        assertThat(comparison.p50Difference(MANY)).isEqualTo(0.5);
    }

    @Test
    void theFiguresAreMediansOverTheRounds() {
        add("floor", ONE, 100, 1.0, 10);
        for (double p50 : new double[] {1.1, 9.0, 1.2}) {
            add("gateway", ONE, 100, p50, 10);
        }

        assertThat(comparison.p50Difference(ONE)).isEqualTo(0.2, within(1e-9));
    }

    @Test
    void aTargetOnItsLimitIsMetAndBeyondItMissed() {
        add("floor", MANY, 40_000, 1.0, 20);
        add("gateway", MANY, 36_000, 1.5, 22.2);

        assertThat(comparison.targets(Goals.PRODUCE)).extracting(Target::met).containsExactly(false, true);
        assertThat(comparison.targets(Goals.PRODUCE).get(0).row()).endsWith("| 1.11 | ≤ 1.10 | FAIL |");
        assertThat(comparison.targets(Goals.PRODUCE).get(1).row()).endsWith("| 0.90 | ≥ 0.90 | pass |");
    }

    @Test
    void aLoadThatWasNotMeasuredHasNoTarget() {
        add("floor", ONE, 100, 1.0, 10);
        add("gateway", ONE, 100, 1.16, 10);
        add("gateway", LoadShape.open(1000, 16), 1000, 1, 1);

        assertThat(comparison.targets(Goals.PRODUCE)).singleElement().satisfies(target -> {
            assertThat(target.what()).startsWith("1 connection");
            assertThat(target.met()).isFalse();
        });
    }

    @Test
    void avroHasATargetForEveryLoadOfSeveralConnections() {
        for (String program : new String[] {"floor", "gateway"}) {
            add(program, ONE, 100, 1.0, 10);
            add(program, MANY, 100, 1.0, program.equals("floor") ? 10 : 15.1);
        }

        assertThat(comparison.targets(Goals.AVRO))
                .extracting(Target::row)
                .containsExactly("| 256 connections: CPU per request, × | 1.51 | ≤ 1.50 | FAIL |");
    }

    @Test
    void withoutAGatewayOrAFloorThereIsNothingToCompare() {
        add("floor", ONE, 100, 1.0, 10);
        assertThat(comparison.possible()).isFalse();

        add("gateway", ONE, 100, 1.0, 10);
        assertThat(comparison.possible()).isTrue();
    }

    private void add(String program, LoadShape load, double requestsPerSecond, double p50, double cpuMicros) {
        measurements.add(program, load, new Sample(requestsPerSecond, p50, p50, p50, cpuMicros, 0));
    }
}
