package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.Conversions.BigDecimalConversion;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Writes a value as plain JSON in one of the ways in which a client may: with aliases, without defaults, in any order. */
final class Spelling {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private final Random random;

    Spelling(Random random) {
        this.random = random;
    }

    String of(Schema schema, Object datum) {
        return space() + any(schema, datum) + space();
    }

    private String any(Schema schema, Object datum) {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (schema.getType()) {
            case NULL, BOOLEAN -> String.valueOf(datum);
            case INT, LONG -> integer(logical, ((Number) datum).longValue());
            case FLOAT, DOUBLE -> floating(datum);
            case BYTES -> bytes(schema, ((ByteBuffer) datum).array());
            case FIXED -> fixed(schema, logical, ((GenericData.Fixed) datum).bytes());
            case STRING, ENUM -> text(datum.toString());
            case ARRAY ->
                ((List<?>) datum)
                        .stream()
                                .map(item -> any(schema.getElementType(), item))
                                .collect(Collectors.joining("," + space(), "[", "]"));
            case MAP -> map(schema, (Map<?, ?>) datum);
            case RECORD -> record(schema, (GenericRecord) datum);
            case UNION -> any(schema.getTypes().get(new GenericData().resolveUnion(schema, datum)), datum);
        };
    }

    private String integer(String logical, long number) {
        return switch (random.nextInt(6)) {
            case 0 -> number + ".0";
            case 1 -> new BigDecimal(BigInteger.valueOf(number)).movePointLeft(3) + "e3";
            case 2, 3 -> iso(logical, number);
            default -> Long.toString(number);
        };
    }

    private String iso(String logical, long number) {
        return switch (logical) {
            case "date" -> text(LocalDate.ofEpochDay(number).toString());
            case "time-millis" -> time(number, 1_000_000);
            case "time-micros" -> time(number, 1_000);
            case "timestamp-millis" -> instant(number, ChronoUnit.MILLIS, "+00:00");
            case "timestamp-micros" -> instant(number, ChronoUnit.MICROS, "Z");
            case "timestamp-nanos" -> instant(number, ChronoUnit.NANOS, "Z");
            case "local-timestamp-millis" -> instant(number, ChronoUnit.MILLIS, "");
            case "local-timestamp-micros" -> instant(number, ChronoUnit.MICROS, "");
            case "local-timestamp-nanos" -> instant(number, ChronoUnit.NANOS, "");
            default -> Long.toString(number);
        };
    }

    private static String time(long number, long nanos) {
        boolean isTime = number >= 0 && number < 86_400_000_000_000L / nanos;
        return isTime ? text(LocalTime.ofNanoOfDay(number * nanos).toString()) : Long.toString(number);
    }

    private static String instant(long number, ChronoUnit unit, String offset) {
        boolean isExtreme = number == Long.MIN_VALUE || unit == ChronoUnit.MILLIS && Math.abs(number) > 1L << 50;
        Instant instant = isExtreme ? Instant.MAX : Instant.EPOCH.plus(number, unit);
        if (instant.isAfter(LATEST) || instant.isBefore(EARLIEST)) {
            return Long.toString(number);
        }
        return text(instant.atOffset(ZoneOffset.UTC).toLocalDateTime() + offset);
    }

    private String floating(Object number) {
        String text = number.toString();
        if (text.endsWith("N") || text.endsWith("y")) {
            return text(text);
        }
        return random.nextBoolean() || text.startsWith("-0.0") ? text : new BigDecimal(text).toString();
    }

    private String bytes(Schema schema, byte[] bytes) {
        if (schema.getLogicalType() instanceof Decimal decimal) {
            return decimal(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
        }
        if (schema.getLogicalType() != null) {
            return new BigDecimalConversion()
                    .fromBytes(ByteBuffer.wrap(bytes), schema, schema.getLogicalType())
                    .toString();
        }
        return text(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private String decimal(BigDecimal number) {
        String digits = random.nextBoolean()
                ? number.toPlainString()
                : number.stripTrailingZeros().toString();
        return random.nextBoolean() ? digits : text(digits);
    }

    private String fixed(Schema schema, String logical, byte[] bytes) {
        if (schema.getLogicalType() instanceof Decimal decimal) {
            return decimal(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
        }
        if (logical.equals("uuid") && random.nextBoolean()) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return text(new UUID(halves.getLong(), halves.getLong()).toString());
        }
        return text(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private String map(Schema schema, Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> member(entry.getKey().toString(), any(schema.getValueType(), entry.getValue())))
                .collect(Collectors.joining(",", "{", space() + "}"));
    }

    private String record(Schema schema, GenericRecord record) {
        var members = new ArrayList<String>();
        for (Schema.Field field : schema.getFields()) {
            Object value = record.get(field.pos());
            if (!mayBeMissing(field, value)) {
                boolean byAlias = !field.aliases().isEmpty() && random.nextBoolean();
                String name = byAlias ? field.aliases().iterator().next() : field.name();
                members.add(member(name, any(field.schema(), value)));
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(members, random);
        }
        return members.stream().collect(Collectors.joining(",", "{" + space(), "}"));
    }

    private boolean mayBeMissing(Schema.Field field, Object value) {
        return field.hasDefaultValue()
                && random.nextBoolean()
                && Objects.equals(new GenericData().getDefaultValue(field), value);
    }

    private String member(String name, String value) {
        return text(name) + space() + ":" + space() + value;
    }

    private static String text(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String space() {
        return random.nextInt(8) == 0 ? " \n\t" : "";
    }
}
