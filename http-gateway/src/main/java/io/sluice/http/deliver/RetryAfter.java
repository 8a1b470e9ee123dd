package io.sluice.http.deliver;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long an app that is overloaded asks to be left alone: {@code Retry-After} (RFC 9110, 10.2.3) in seconds or as a date in
 * one of the three forms of HTTP (5.6.7). What is neither, or over, asks for nothing.
 */
final class RetryAfter {
    /** An hour: a slip of the app must not park a record for years. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** Short enough for a long. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    /** A year of two digits is the last one that is not more than 50 years ahead, give or take. */
    private static final int YEARS_BACK = 50;

    private static final List<DateTimeFormatter> DATES =
            List.of(date("EEE, dd MMM yyyy HH:mm:ss 'GMT'"), shortYear(), date("EEE MMM ppd HH:mm:ss yyyy"));

    private RetryAfter() {}

    private static DateTimeFormatter date(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }

    private static DateTimeFormatter shortYear() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR,
                        2,
                        2,
                        OffsetDateTime.now(ZoneOffset.UTC).getYear() - YEARS_BACK)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }

    /** Whether the status is one of an app that may want a pause. */
    static boolean isMeantBy(int status) {
        return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
    }

    /**
     * The pause from now on, zero for none and {@link #LONGEST} at most.
     *
     * @param value of the header, null when the answer has none
     */
    static Duration pause(int status, @Nullable String value, Instant now) {
        if (value == null || !isMeantBy(status)) {
            return Duration.ZERO;
        }
        String text = value.strip();
        return bounded(SECONDS.matcher(text).matches() ? Duration.ofSeconds(Long.parseLong(text)) : until(text, now));
    }

    private static Duration until(String date, Instant now) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Duration.between(now, Instant.from(form.parse(date)));
            } catch (DateTimeParseException anotherForm) {
                // The next one, if there is one.
            }
        }
        return Duration.ZERO;
    }

    /** @return zero for what is over, {@link #LONGEST} at most */
    static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
