package io.sluice.core.binding;

import java.time.Duration;

/**
 * The {@code backOff…} fields: when a refused record is tried again.
 *
 * @param duration the pause of the constant policy
 * @param initialInterval first pause of the exponential policy
 * @param randomizationFactor share of a pause by which it may be longer or shorter, 0 to 1
 * @param multiplier growth from one pause to the next
 * @param maxInterval longest pause
 * @param maxElapsedTime time after which trying ends, zero for never
 * @param maxRetries most retries, -1 for no limit
 */
public record BackOff(
        Policy policy,
        Duration duration,
        Duration initialInterval,
        double randomizationFactor,
        double multiplier,
        Duration maxInterval,
        Duration maxElapsedTime,
        long maxRetries) {

    /** The values of {@code backOffPolicy}. */
    public enum Policy {
        CONSTANT,
        EXPONENTIAL
    }
}
