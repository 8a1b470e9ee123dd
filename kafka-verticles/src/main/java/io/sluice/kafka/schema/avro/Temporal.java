package io.sluice.kafka.schema.avro;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** The logical types of dates and times: what their ISO 8601 text is as a number. */
enum Temporal {
    DATE("date", true, text -> LocalDate.parse(text).toEpochDay()),
    TIME_MILLIS("time-millis", true, text -> time(text, MILLISECONDS)),
    TIME_MICROS("time-micros", false, text -> time(text, MICROSECONDS)),
    TIMESTAMP_MILLIS("timestamp-millis", false, text -> instant(text, MILLISECONDS)),
    TIMESTAMP_MICROS("timestamp-micros", false, text -> instant(text, MICROSECONDS)),
    TIMESTAMP_NANOS("timestamp-nanos", false, text -> instant(text, NANOSECONDS)),
    LOCAL_TIMESTAMP_MILLIS("local-timestamp-millis", false, text -> local(text, MILLISECONDS)),
    LOCAL_TIMESTAMP_MICROS("local-timestamp-micros", false, text -> local(text, MICROSECONDS)),
    LOCAL_TIMESTAMP_NANOS("local-timestamp-nanos", false, text -> local(text, NANOSECONDS));

    /** Longer than any text of a date and a time. */
    private static final int LONGEST = 60;

    private final String logicalType;
    private final boolean isInt;
    private final ToLongFunction<String> parser;

    Temporal(String logicalType, boolean isInt, ToLongFunction<String> parser) {
        this.logicalType = logicalType;
        this.isInt = isInt;
        this.parser = parser;
    }

    /** Its name in schemas. */
    String logicalType() {
        return logicalType;
    }

    /** The type of its numbers. */
    IntegerType base() {
        return isInt ? IntegerType.ofInt(logicalType) : IntegerType.ofLong(logicalType);
    }

    /** The number for a text; none when this is no such text, or one that the type cannot hold. */
    OptionalLong parse(String text) {
        if (text.length() > LONGEST) {
            return OptionalLong.empty();
        }
        try {
            long number = parser.applyAsLong(text);
            return OptionalLong.of(isInt ? Math.toIntExact(number) : number);
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static long time(String text, TimeUnit unit) {
        return exactly(LocalTime.parse(text).toNanoOfDay(), unit);
    }

    private static long instant(String text, TimeUnit unit) {
        return sinceEpoch(OffsetDateTime.parse(text).toInstant(), unit);
    }

    private static long local(String text, TimeUnit unit) {
        return sinceEpoch(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC), unit);
    }

    private static long sinceEpoch(Instant instant, TimeUnit unit) {
        long seconds = Math.multiplyExact(instant.getEpochSecond(), unit.convert(1, SECONDS));
        return Math.addExact(seconds, exactly(instant.getNano(), unit));
    }

    private static long exactly(long nanos, TimeUnit unit) {
        long units = unit.convert(nanos, NANOSECONDS);
        if (unit.toNanos(units) != nanos) {
            throw new ArithmeticException("a fraction that " + unit + " cannot hold");
        }
        return units;
    }
}
