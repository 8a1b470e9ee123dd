package io.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void aClosedLoopSendsWheneverItCanUntilTheEnd() {
        var schedule = Schedule.of(LoadShape.closed(4), 100, 200);

        assertThat(schedule.take(100)).isEqualTo(100);
        assertThat(schedule.take(150)).isEqualTo(150);
        assertThat(schedule.take(150)).isEqualTo(150);
        assertThat(schedule.take(200)).isEqualTo(Schedule.NOT_YET);
    }

    @Test
    void anOpenLoopSendsEvenlySpaced() {
        var schedule = Schedule.of(LoadShape.open(1000, 4), 0, 10_000_000);

        assertThat(schedule.take(0)).isZero();
        assertThat(schedule.take(999_999)).isEqualTo(Schedule.NOT_YET);
        assertThat(schedule.take(1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void aLateRequestKeepsTheTimeItWasMeantFor() {
        var schedule = Schedule.of(LoadShape.open(1000, 4), 0, 3_000_000);

        assertThat(schedule.take(9_000_000)).isZero();
        assertThat(schedule.take(9_000_000)).isEqualTo(1_000_000);
        assertThat(schedule.take(9_000_000)).isEqualTo(2_000_000);
        assertThat(schedule.take(9_000_000)).isEqualTo(Schedule.NOT_YET);
    }
}
