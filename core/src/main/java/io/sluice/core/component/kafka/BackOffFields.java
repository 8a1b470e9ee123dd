package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.decimal;
import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.integer;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.BackOff.Policy;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** When a refused record is tried again. */
final class BackOffFields {

    static final Field<Policy> POLICY = Field.dapr("backOffPolicy", choice(Policy.values()))
            .input()
            .defaultsTo("constant")
            .means("How the pauses between attempts grow.");

    static final Field<Duration> DURATION = Field.dapr("backOffDuration", duration(ChronoUnit.MILLIS, Duration.ZERO))
            .input()
            .defaultsTo("5s")
            .means("The pause of the constant policy.");

    static final Field<Duration> INITIAL_INTERVAL = Field.dapr(
                    "backOffInitialInterval", duration(ChronoUnit.MILLIS, Duration.ZERO))
            .input()
            .defaultsTo("500ms")
            .means("First pause of the exponential policy.");

    static final Field<Double> RANDOMIZATION = Field.dapr("backOffRandomizationFactor", decimal(0, 1))
            .input()
            .defaultsTo("0.5")
            .means("Share of a pause of the exponential policy by which it may be longer or shorter.");

    static final Field<Double> MULTIPLIER = Field.dapr("backOffMultiplier", decimal(1, Double.MAX_VALUE))
            .input()
            .defaultsTo("1.5")
            .means("Growth from one pause of the exponential policy to the next.");

    static final Field<Duration> MAX_INTERVAL = Field.dapr(
                    "backOffMaxInterval", duration(ChronoUnit.MILLIS, Duration.ZERO))
            .input()
            .defaultsTo("60s")
            .means("Longest pause of the exponential policy.");

    static final Field<Duration> MAX_ELAPSED = Field.dapr(
                    "backOffMaxElapsedTime", duration(ChronoUnit.MILLIS, Duration.ZERO))
            .input()
            .defaultsTo("15m")
            .means("Time after which the exponential policy gives up. Zero: never.");

    static final Field<Integer> MAX_RETRIES = Field.dapr("backOffMaxRetries", integer(-1))
            .input()
            .defaultsTo("-1")
            .means("Most attempts after the first. -1: no limit.");

    static final List<Field<?>> ALL = List.of(
            POLICY, DURATION, INITIAL_INTERVAL, RANDOMIZATION, MULTIPLIER, MAX_INTERVAL, MAX_ELAPSED, MAX_RETRIES);

    private static final List<Field<?>> EXPONENTIAL_ONLY =
            List.of(INITIAL_INTERVAL, RANDOMIZATION, MULTIPLIER, MAX_INTERVAL, MAX_ELAPSED);

    private BackOffFields() {}

    static BackOff read(Fields fields, boolean retryEnabled) {
        if (!retryEnabled) {
            fields.warnUnused(ALL, "consumeRetryEnabled is not true");
        }
        Policy policy = fields.value(POLICY);
        if (retryEnabled) {
            boolean constant = policy == Policy.CONSTANT;
            fields.warnUnused(
                    constant ? EXPONENTIAL_ONLY : List.of(DURATION),
                    "backOffPolicy is " + (constant ? "constant" : "exponential"));
        }
        return new BackOff(
                policy,
                fields.value(DURATION),
                fields.value(INITIAL_INTERVAL),
                fields.value(RANDOMIZATION),
                fields.value(MULTIPLIER),
                fields.value(MAX_INTERVAL),
                fields.value(MAX_ELAPSED),
                fields.value(MAX_RETRIES));
    }
}
