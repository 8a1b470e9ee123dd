package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.health.Health;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.poll.Jump.Cause;
import io.sluice.kafka.consume.progress.Commit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How long a partition that went on elsewhere is in the health. */
class JumpsTest {
    private final Health health = new Health();
    private final InputHealth input = new InputHealth(health, Inputs.with().binding());
    private final Jumps jumps = new Jumps(input);
    private final Assignment assignment = new Assignment(new TopicPartition("t", 0), new Commit(1, ""), 1);

    @Test
    void whatIsGoneIsInTheHealthForAMinuteAndStaysKnown() {
        jumps.add(jump(2, Cause.REMOVED), 1_000);
        jumps.look(60_999);
        assertThat(detail()).contains("t-0 went on at offset 3 instead of 1", "2 offsets gone", "retention");

        jumps.look(61_000);
        assertThat(detail()).doesNotContain("offsets gone");
        assertThat(jumps.last(assignment)).isNotNull();
    }

    @Test
    void anotherOneBeginsTheMinuteAnew() {
        jumps.add(jump(2, Cause.REMOVED), 1_000);
        jumps.add(jump(5, Cause.REMOVED), 50_000);

        jumps.look(70_000);
        assertThat(detail()).contains("5 offsets gone");
    }

    @Test
    void whereNothingIsLostOrSomebodyAskedForItNothingIsWrong() {
        jumps.add(jump(0, Cause.REPLACED), 1_000);
        jumps.add(jump(1, Cause.SKIPPED), 1_000);

        assertThat(detail()).doesNotContain("went on");
    }

    @Test
    void itGoesWithThePartition() {
        jumps.add(jump(2, Cause.REMOVED), 1_000);
        jumps.forget(assignment);

        assertThat(detail()).doesNotContain("went on");
        assertThat(jumps.last(assignment)).isNull();
    }

    private Jump jump(long gone, Cause cause) {
        return new Jump(assignment, 1, 3, Commit.NO_EPOCH, gone, cause);
    }

    private String detail() {
        return health.targets().get("input:orders").detail();
    }
}
