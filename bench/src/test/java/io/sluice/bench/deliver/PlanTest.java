package io.sluice.bench.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Topology ONE_IN_FLIGHT = new Topology(1, Ordering.PARTITION);

    @Test
    void aSlowCaseGetsFewRecordsAndARateItCanKeepUpWith() {
        var slow = new DeliverCase(ONE_IN_FLIGHT, 5);

        assertThat(slow.nominal()).isEqualTo(181);
        assertThat(slow.rate(1000)).isEqualTo(90);
        assertThat(slow.rate(10)).isEqualTo(10);
        assertThat(slow.label()).isEqualTo("1 partition, partition, 5 ms");
    }

    @Test
    void aFastCaseGetsWhatTheMachineIsGoodForAndTheWantedRate() {
        var fast = new DeliverCase(new Topology(6, Ordering.KEY), 0);

        assertThat(fast.nominal()).isEqualTo(25_000);
        assertThat(fast.rate(1000)).isEqualTo(1000);
    }

    @Test
    void thePlanCountsEveryRecordOfAStart() {
        var plan = new Plan(ONE_IN_FLIGHT, List.of(0, 5), 2, 3, 1000);

        assertThat(plan.backlog()).isEqualTo(2 * 25_000 + 3 * 25_000 + (2 * 5 + 3) * 181);
        assertThat(plan.total()).isEqualTo(plan.backlog() + 500 + 3000 + 45 + 3 * 90);
        assertThat(plan.rehearsal().total()).isEqualTo(50_000);
    }

    @Test
    void theAppsLatencyFollowsTheRecords() {
        var latencies = new Plan(ONE_IN_FLIGHT, List.of(0, 5), 2, 3, 1000).latencies();

        assertThat(latencies.applyAsInt(125_000 - 1)).isZero();
        assertThat(latencies.applyAsInt(125_000)).isEqualTo(5);
        assertThat(latencies.applyAsInt(127_353 - 1)).isEqualTo(5);
        assertThat(latencies.applyAsInt(127_353)).isZero();
        assertThat(latencies.applyAsInt(127_353 + 3_500)).isEqualTo(5);
        assertThat(latencies.applyAsInt(-1)).isZero();
    }

    @Test
    void recordsOfOneKeyLieInOnePartition() {
        var topology = new Topology(6, Ordering.KEY);

        for (int id = 0; id < 3000; id++) {
            assertThat(topology.partitionOf(id)).isEqualTo(Topology.keyOf(id) % 6);
            assertThat(topology.laneOf(id)).isEqualTo(Topology.keyOf(id)).isLessThan(topology.lanes());
            assertThat(new Topology(6, Ordering.PARTITION).laneOf(id)).isEqualTo(topology.partitionOf(id));
        }
    }
}
