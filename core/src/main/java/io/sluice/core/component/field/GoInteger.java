package io.sluice.core.component.field;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole numbers as Go's {@code strconv.ParseInt} reads them with base 0: decimal, {@code 0x}, {@code 0o}, {@code 0b},
 * with {@code _} between digits.
 */
final class GoInteger {
    private static final Pattern FORM = Pattern.compile(
            "([+-]?)(?:0[xX](?<hex>[0-9a-fA-F]{1,15})|0[bB](?<binary>[01]{1,62})|0[oO]?(?<octal>[0-7]{1,20})"
                    + "|(?<decimal>0|[1-9][0-9]{0,17}))");

    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=[0-9a-fA-FxXoO])_(?=[0-9a-fA-F])");

    private GoInteger() {}

    static Optional<Long> parse(String text) {
        Matcher form = FORM.matcher(BETWEEN_DIGITS.matcher(text).replaceAll(""));
        if (!form.matches()) {
            return Optional.empty();
        }
        long size = size(form);
        return Optional.of("-".equals(form.group(1)) ? -size : size);
    }

    private static long size(Matcher form) {
        if (form.group("hex") != null) {
            return Long.parseLong(form.group("hex"), 16);
        }
        if (form.group("binary") != null) {
            return Long.parseLong(form.group("binary"), 2);
        }
        return form.group("octal") != null
                ? Long.parseLong(form.group("octal"), 8)
                : Long.parseLong(form.group("decimal"));
    }
}
