package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.BackOff.Policy;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final double MIDDLE = 0.5;
    private static final double LOWEST = 0;
    private static final double ALMOST_HIGHEST = Math.nextDown(1.0);

    @Test
    void withRetryingOffTheFirstRefusalIsTheLast() {
        var schedule = new RetrySchedule(false, daprsDefaults(Policy.CONSTANT), () -> MIDDLE);

        assertThat(schedule.pauseAfter(1, 0)).isEmpty();
    }

    @Test
    void daprsDefaultIsFiveSecondsForEver() {
        var schedule = new RetrySchedule(true, daprsDefaults(Policy.CONSTANT), () -> MIDDLE);

        assertThat(schedule.pauseAfter(1, 0)).hasValue(5_000);
        assertThat(schedule.pauseAfter(1_000_000, Duration.ofDays(60).toMillis()))
                .hasValue(5_000);
    }

    @Test
    void anAppThatAsksForAPauseGetsItOrTheUsualOneIfThatIsLonger() {
        var constant = new RetrySchedule(true, daprsDefaults(Policy.CONSTANT), () -> MIDDLE);
        var exponential = new RetrySchedule(true, daprsDefaults(Policy.EXPONENTIAL), () -> MIDDLE);

        assertThat(constant.pauseAsked(0, 4_999)).hasValue(5_000);
        assertThat(constant.pauseAsked(0, 5_001)).hasValue(5_001);
        assertThat(exponential.pauseAsked(0, 1)).hasValue(500);
        assertThat(exponential.pauseAsked(2, 1)).hasValue(1_125);
        assertThat(exponential.pauseAsked(2, 3_600_000)).hasValue(3_600_000);
    }

    @Test
    void withRetryingOffNoPauseIsGranted() {
        var schedule = new RetrySchedule(false, daprsDefaults(Policy.CONSTANT), () -> MIDDLE);

        assertThat(schedule.pauseAsked(0, 1_000)).isEmpty();
    }

    @Test
    void theExponentialPauseGrowsByHalfUpToAMinute() {
        var schedule = new RetrySchedule(true, daprsDefaults(Policy.EXPONENTIAL), () -> MIDDLE);

        assertThat(LongStream.of(1, 2, 3, 4, 12, 13, 1_000_000)
                        .map(refusals -> schedule.pauseAfter((int) refusals, 0).orElse(-1)))
                .containsExactly(500L, 750L, 1_125L, 1_688L, 43_249L, 60_000L, 60_000L);
    }

    @Test
    void thePauseVariesByTheRandomizationFactorAlsoBeyondTheLongest() {
        var shortest = new RetrySchedule(true, daprsDefaults(Policy.EXPONENTIAL), () -> LOWEST);
        var longest = new RetrySchedule(true, daprsDefaults(Policy.EXPONENTIAL), () -> ALMOST_HIGHEST);

        assertThat(shortest.pauseAfter(1, 0)).hasValue(250);
        assertThat(longest.pauseAfter(1, 0)).hasValue(750);
        assertThat(shortest.pauseAfter(100, 0)).hasValue(30_000);
        assertThat(longest.pauseAfter(100, 0)).hasValue(90_000);
    }

    @Test
    void theExponentialPolicyEndsWhenTheNextAttemptWouldBeTooLate() {
        var schedule = new RetrySchedule(true, daprsDefaults(Policy.EXPONENTIAL), () -> MIDDLE);
        long limit = Duration.ofMinutes(15).toMillis();

        assertThat(schedule.pauseAfter(20, limit - 60_000)).hasValue(60_000);
        assertThat(schedule.pauseAfter(20, limit - 59_999)).isEmpty();
    }

    @Test
    void zeroElapsedTimeMeansNever() {
        var schedule = new RetrySchedule(true, exponential(Duration.ZERO, -1), () -> MIDDLE);

        assertThat(schedule.pauseAfter(20, Long.MAX_VALUE / 2)).hasValue(60_000);
    }

    @Test
    void aFirstFailureInTheFutureOfThisClockCountsAsJustNow() {
        var schedule = new RetrySchedule(true, exponential(Duration.ofMillis(600), -1), () -> MIDDLE);

        assertThat(schedule.pauseAfter(1, -1_000_000)).hasValue(500);
        assertThat(schedule.pauseAfter(2, -1_000_000)).isEmpty();
    }

    @Test
    void retriesAreCountedWithoutTheFirstAttempt() {
        var twice = new RetrySchedule(true, exponential(Duration.ZERO, 2), () -> MIDDLE);
        var never = new RetrySchedule(true, exponential(Duration.ZERO, 0), () -> MIDDLE);

        assertThat(twice.pauseAfter(2, 0)).isPresent();
        assertThat(twice.pauseAfter(3, 0)).isEmpty();
        assertThat(never.pauseAfter(1, 0)).isEmpty();
    }

    private static BackOff daprsDefaults(Policy policy) {
        BackOff exponential = exponential(Duration.ofMinutes(15), -1);
        return new BackOff(
                policy,
                exponential.duration(),
                exponential.initialInterval(),
                exponential.randomizationFactor(),
                exponential.multiplier(),
                exponential.maxInterval(),
                exponential.maxElapsedTime(),
                exponential.maxRetries());
    }

    private static BackOff exponential(Duration maxElapsedTime, long maxRetries) {
        return new BackOff(
                Policy.EXPONENTIAL,
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                0.5,
                1.5,
                Duration.ofSeconds(60),
                maxElapsedTime,
                maxRetries);
    }
}
