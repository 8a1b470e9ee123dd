package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillFenceTest {
    private int asked;
    private final StandstillFence fence =
            new StandstillFence(Duration.ofSeconds(13), Duration.ofSeconds(3), () -> asked++);

    @Test
    void aProcessThatRunsDeliversWithoutAsking() {
        assertThat(fence.isOpen(5_000)).isTrue();
        fence.look(15_000);
        assertThat(fence.isOpen(25_000)).isTrue();
        assertThat(asked).isZero();
    }

    @Test
    void afterALongerStandstillThanASessionNothingGoesOutUntilTheGroupHasConfirmed() {
        fence.look(5_000);

        assertThat(fence.isOpen(15_001)).isFalse();
        assertThat(fence.isOpen(15_002)).isFalse();
        assertThat(asked).isEqualTo(1);

        fence.answered(true);
        assertThat(fence.isOpen(15_003)).isTrue();
    }

    /** Its last heartbeat may have gone out as long before it stopped as there is time between two of them. */
    @Test
    void aStandstillThatIsShorterThanTheSessionByAHeartbeatMayHaveEndedTheMembership() {
        fence.look(0);

        assertThat(fence.isOpen(10_000)).isTrue();
        assertThat(fence.isOpen(20_001)).isFalse();
    }

    @Test
    void aGroupThatDoesNotConfirmIsAskedAgain() {
        fence.look(5_000);
        fence.look(40_000);
        fence.answered(false);

        assertThat(fence.isOpen(41_000)).isFalse();
        assertThat(asked).isEqualTo(2);
        fence.answered(true);
        assertThat(fence.isOpen(41_001)).isTrue();
    }
}
