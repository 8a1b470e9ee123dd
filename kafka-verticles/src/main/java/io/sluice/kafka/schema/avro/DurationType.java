package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Months, days and milliseconds in a fixed of 12 bytes: ISO 8601 text, {@code P1M2DT3.004S}; the 12 characters of {@link
 * ByteText}, as Dapr has it, are taken too.
 */
final class DurationType implements AvroType {
    private static final int SIZE = 12;
    private static final int LONGEST = 80;
    private static final long MOST = 0xFFFF_FFFFL;
    private static final Pattern FORM = Pattern.compile("P(?=.)(?:(\\d{1,10})Y)?(?:(\\d{1,10})M)?(?:(\\d{1,10})W)?"
            + "(?:(\\d{1,10})D)?(?:T(?=.)(?:(\\d{1,7})H)?(?:(\\d{1,9})M)?(?:(\\d{1,10})(?:\\.(\\d{1,3}))?S)?)?");

    @Override
    public String name() {
        return "duration";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        byte[] bytes = bytes(value);
        if (bytes == null) {
            return Fit.NONE;
        }
        return value instanceof Text text && text.value().equals(text(bytes)) ? Fit.EXACT : Fit.CONVERTED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        byte[] bytes = bytes(value);
        if (bytes == null) {
            throw mismatch(value);
        }
        out.writeFixed(bytes);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeString(text(FixedType.bytes(in, SIZE)));
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string that is no ISO 8601 text of one" : shape.words();
    }

    private static String text(byte[] duration) {
        ByteBuffer bytes = ByteBuffer.wrap(duration).order(ByteOrder.LITTLE_ENDIAN);
        long months = bytes.getInt() & MOST;
        long days = bytes.getInt() & MOST;
        long millis = bytes.getInt() & MOST;
        return String.format(Locale.ROOT, "P%dM%dDT%d.%03dS", months, days, millis / 1000, millis % 1000);
    }

    private static byte @Nullable [] bytes(JsonValue value) {
        Matcher parts = isoParts(value);
        return parts == null ? ByteText.bytes(value, SIZE) : bytes(parts);
    }

    private static @Nullable Matcher isoParts(JsonValue value) {
        if (!(value instanceof Text text) || text.value().length() > LONGEST) {
            return null;
        }
        Matcher parts = FORM.matcher(text.value());
        return parts.matches() ? parts : null;
    }

    private static byte @Nullable [] bytes(Matcher parts) {
        long months = 12 * number(parts, 1) + number(parts, 2);
        long days = 7 * number(parts, 3) + number(parts, 4);
        long seconds = 3600 * number(parts, 5) + 60 * number(parts, 6) + number(parts, 7);
        long millis = 1000 * seconds + fraction(parts);
        if (months > MOST || days > MOST || millis > MOST) {
            return null;
        }
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) months)
                .putInt((int) days)
                .putInt((int) millis)
                .array();
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long fraction(Matcher parts) {
        String digits = parts.group(8);
        return digits == null ? 0 : Long.parseLong((digits + "00").substring(0, 3));
    }
}
