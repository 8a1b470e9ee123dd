package io.sluice.core.component.field;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as Go writes them ({@code 300ms}, {@code 1.5h}, {@code 2m30s}), as in Go's {@code time.ParseDuration}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "µs", ChronoUnit.MICROS,
            "μs", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int LONGEST_TEXT = 100;

    private GoDuration() {}

    /**
     * @param bareUnit what a whole number without a unit counts
     * @return empty when {@code text} is no duration or longer than Go can hold (some 292 years)
     */
    public static Optional<Duration> parse(String text, ChronoUnit bareUnit) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        if (NUMBER.matcher(text).matches()) {
            return nanos(new BigDecimal(text), bareUnit);
        }
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        var sum = BigDecimal.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) {
            sum = sum.add(inNanos(new BigDecimal(parts.group(1)), UNITS.getOrDefault(parts.group(2), bareUnit)));
        }
        return nanos(text.startsWith("-") ? sum.negate() : sum, ChronoUnit.NANOS);
    }

    private static Optional<Duration> nanos(BigDecimal amount, ChronoUnit unit) {
        BigDecimal nanos = inNanos(amount, unit).setScale(0, RoundingMode.DOWN);
        return nanos.abs().compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.longValueExact()));
    }

    private static BigDecimal inNanos(BigDecimal amount, ChronoUnit unit) {
        return amount.multiply(BigDecimal.valueOf(unit.getDuration().toNanos()));
    }
}
