package io.sluice.app.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quantity as Kubernetes writes it: {@code 4Mi}, {@code 10M}, {@code 1.5Gi}, {@code 4e6}, {@code 4194304}. Source:
 * kubernetes/apimachinery, pkg/api/resource/quantity.go.
 */
final class Quantity {
    private static final Pattern SYNTAX = Pattern.compile(
            "([+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30}))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\\d{1,2}))?");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.scaleByPowerOfTen(-9)),
            Map.entry("u", BigDecimal.ONE.scaleByPowerOfTen(-6)),
            Map.entry("m", BigDecimal.ONE.scaleByPowerOfTen(-3)),
            Map.entry("k", decimal(1)),
            Map.entry("M", decimal(2)),
            Map.entry("G", decimal(3)),
            Map.entry("T", decimal(4)),
            Map.entry("P", decimal(5)),
            Map.entry("E", decimal(6)),
            Map.entry("Ki", binary(1)),
            Map.entry("Mi", binary(2)),
            Map.entry("Gi", binary(3)),
            Map.entry("Ti", binary(4)),
            Map.entry("Pi", binary(5)),
            Map.entry("Ei", binary(6)));

    private Quantity() {}

    /** The whole number that {@code text} says, rounded up and capped at the largest long; empty if it is no quantity. */
    static Optional<Long> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            number = number.multiply(FACTORS.getOrDefault(matcher.group(2), BigDecimal.ONE));
        } else if (matcher.group(3) != null) {
            number = number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3)));
        }
        return Optional.of(number.setScale(0, RoundingMode.CEILING)
                .min(LONGEST)
                .max(LONGEST.negate())
                .longValue());
    }

    private static BigDecimal decimal(int power) {
        return BigDecimal.valueOf(1000).pow(power);
    }

    private static BigDecimal binary(int power) {
        return BigDecimal.valueOf(1024).pow(power);
    }
}
