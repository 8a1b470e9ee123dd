package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Numeral;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/** {@code int} and {@code long}: every whole number in its range, {@code 1.0} and {@code 1e3} too, and no other. */
final class IntegerType implements AvroType {
    /** Of a long. */
    private static final int MOST_DIGITS = 19;

    private final String name;
    private final boolean isInt;

    private IntegerType(String name, boolean isInt) {
        this.name = name;
        this.isInt = isInt;
    }

    /**
     * @param name {@code int}, or a logical type with this base
     */
    static IntegerType ofInt(String name) {
        return new IntegerType(name, true);
    }

    /**
     * @param name {@code long}, or a logical type with this base
     */
    static IntegerType ofLong(String name) {
        return new IntegerType(name, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.NUMBER;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (integer(value).isEmpty()) {
            return Fit.NONE;
        }
        return value instanceof Whole ? Fit.EXACT : Fit.CONVERTED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        OptionalLong integer = integer(value);
        if (integer.isEmpty()) {
            throw mismatch(value);
        }
        out.writeLong(integer.getAsLong());
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        if (isInt) {
            out.writeNumber(in.readInt());
        } else {
            out.writeNumber(in.readLong());
        }
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.NUMBER ? "a number with a fraction or out of its range" : shape.words();
    }

    private OptionalLong integer(JsonValue value) {
        OptionalLong integer = OptionalLong.empty();
        if (value instanceof Whole whole) {
            integer = OptionalLong.of(whole.value());
        } else if (value instanceof Numeral) {
            integer = integer(Decimals.of(value));
        }
        boolean isTooLong = isInt && integer.isPresent() && (int) integer.getAsLong() != integer.getAsLong();
        return isTooLong ? OptionalLong.empty() : integer;
    }

    private static OptionalLong integer(@Nullable BigDecimal number) {
        BigDecimal shortest = number == null ? null : Decimals.shortest(number);
        // Looked at first: 1e999999999 must not become an integer of so many digits.
        if (shortest == null
                || shortest.scale() > 0
                || (long) shortest.precision() - shortest.scale() > MOST_DIGITS
                || shortest.toBigInteger().bitLength() >= Long.SIZE) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(shortest.longValue());
    }
}
