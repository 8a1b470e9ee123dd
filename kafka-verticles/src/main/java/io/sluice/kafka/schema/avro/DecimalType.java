package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/** A decimal in plain JSON: a number, or the text of one; never rounded. */
final class DecimalType implements AvroType {
    private final int precision;
    private final int scale;
    private final @Nullable Integer size;

    /**
     * @param size of the fixed that holds it, in bytes; null when bytes hold it
     */
    DecimalType(int precision, int scale, @Nullable Integer size) {
        this.precision = Math.min(precision, JsonLimits.MOST_DIGITS);
        this.scale = scale;
        this.size = size;
    }

    @Override
    public String name() {
        return "decimal with precision " + precision + " and scale " + scale;
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.NUMBER || shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (bytes(value) == null) {
            return Fit.NONE;
        }
        return value.shape() == Shape.NUMBER ? Fit.EXACT : Fit.CONVERTED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        byte[] bytes = bytes(value);
        if (bytes == null) {
            throw mismatch(value);
        }
        if (size == null) {
            out.writeBytes(bytes);
        } else {
            out.writeFixed(bytes);
        }
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        byte[] bytes = size == null ? in.readBytes(null).array() : FixedType.bytes(in, size);
        out.writeNumber(new BigDecimal(Decimals.unscaled(bytes), scale).toPlainString());
    }

    @Override
    public String misfit(Shape shape) {
        return switch (shape) {
            case NUMBER -> "a number that does not fit without loss";
            case STRING -> "a string that is no such number";
            default -> shape.words();
        };
    }

    /** The unscaled value, or null when the number does not fit. */
    private byte @Nullable [] bytes(JsonValue value) {
        BigDecimal number = Decimals.of(value);
        BigDecimal shortest = number == null ? null : Decimals.shortest(number);
        // Looked at first: 1e999999999 must not become an integer of so many digits.
        if (shortest == null
                || shortest.scale() > scale
                || (long) shortest.precision() - shortest.scale() + scale > precision && shortest.signum() != 0) {
            return null;
        }
        byte[] unscaled = shortest.setScale(scale).unscaledValue().toByteArray();
        return size == null ? unscaled : extended(unscaled, size);
    }

    private static byte @Nullable [] extended(byte[] number, int size) {
        if (number.length > size) {
            return null;
        }
        var bytes = new byte[size];
        Arrays.fill(bytes, 0, size - number.length, (byte) (number[0] < 0 ? -1 : 0));
        System.arraycopy(number, 0, bytes, size - number.length, number.length);
        return bytes;
    }
}
