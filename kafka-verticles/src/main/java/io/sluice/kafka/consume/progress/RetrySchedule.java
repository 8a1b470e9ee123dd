package io.sluice.kafka.consume.progress;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.BackOff.Policy;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/**
 * When a refused record is tried again. The rules are those of the back-off library that Dapr uses (cenkalti/backoff
 * v4, through dapr/kit's {@code retry}): {@code maxElapsedTime} ends only the exponential policy, the randomization may
 * go beyond {@code maxInterval}, {@code maxRetries} does not count the first attempt.
 */
public final class RetrySchedule {
    private final boolean enabled;
    private final BackOff backOff;
    private final DoubleSupplier random;

    /**
     * @param enabled {@code consumeRetryEnabled}
     * @param random numbers from 0 up to but not including 1
     */
    public RetrySchedule(boolean enabled, BackOff backOff, DoubleSupplier random) {
        this.enabled = enabled;
        this.backOff = backOff;
        this.random = random;
    }

    /**
     * The pause in milliseconds before the next attempt, empty when there is none.
     *
     * @param refusals how often the record was refused, at least once
     * @param elapsed milliseconds since its first refusal
     */
    OptionalLong pauseAfter(int refusals, long elapsed) {
        if (!enabled || backOff.maxRetries() >= 0 && refusals > backOff.maxRetries()) {
            return OptionalLong.empty();
        }
        long pause = usualPause(refusals);
        return isTooLate(elapsed, pause) ? OptionalLong.empty() : OptionalLong.of(pause);
    }

    /**
     * The pause in milliseconds when the app asks to be left alone: not shorter than that, nor than the usual one. Such a
     * refusal says nothing of the record, so it counts against no limit. Empty when nothing is tried again.
     *
     * @param refusals how often the record was refused before
     * @param asked milliseconds
     */
    OptionalLong pauseAsked(int refusals, long asked) {
        if (!enabled) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(asked, usualPause(refusals + 1)));
    }

    private long usualPause(int refusals) {
        return backOff.policy() == Policy.CONSTANT ? backOff.duration().toMillis() : randomized(interval(refusals));
    }

    private double interval(int refusals) {
        double initial = backOff.initialInterval().toMillis();
        if (refusals == 1) {
            return initial;
        }
        return Math.min(backOff.maxInterval().toMillis(), initial * Math.pow(backOff.multiplier(), refusals - 1.0));
    }

    private long randomized(double interval) {
        double spread = backOff.randomizationFactor() * interval;
        return Math.round(interval - spread + random.getAsDouble() * 2 * spread);
    }

    private boolean isTooLate(long elapsed, long pause) {
        if (backOff.policy() == Policy.CONSTANT) {
            return false;
        }
        Duration limit = backOff.maxElapsedTime();
        // Another gateway's clock may have been ahead when it saw the first refusal.
        return !limit.isZero() && Math.max(0, elapsed) + pause > limit.toMillis();
    }
}
