package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Numeral;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.apache.avro.io.BinaryDecoder;

/** {@code int} and {@code long}: every whole number in its range, {@code 1.0} and {@code 1e3} too, and no other. */
final class IntegerType implements AvroType {
    private final boolean isInt;
    private final long least;
    private final long most;

    private IntegerType(boolean isInt, long least, long most) {
        this.isInt = isInt;
        this.least = least;
        this.most = most;
    }

    static IntegerType ofInt() {
        return new IntegerType(true, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static IntegerType ofLong() {
        return new IntegerType(false, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public String name() {
        return isInt ? "int" : "long";
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
    public AvroMismatch mismatch(JsonValue value) {
        if (value.shape() != Shape.NUMBER) {
            return AvroType.super.mismatch(value);
        }
        return AvroMismatch.expected(name(), "a number with a fraction or out of its range");
    }

    private OptionalLong integer(JsonValue value) {
        OptionalLong integer = OptionalLong.empty();
        if (value instanceof Whole whole) {
            integer = OptionalLong.of(whole.value());
        } else if (value instanceof Numeral numeral) {
            integer = integer(new BigDecimal(numeral.text()));
        }
        boolean inRange =
                integer.isPresent() && integer.getAsLong() >= least && integer.getAsLong() <= most;
        return inRange ? integer : OptionalLong.empty();
    }

    private static OptionalLong integer(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isWhole = shortest.scale() <= 0;
        // Looked at first: 1e999999999 must not become an integer of so many digits.
        if (!isWhole || (long) shortest.precision() - shortest.scale() > 19) {
            return OptionalLong.empty();
        }
        return shortest.toBigInteger().bitLength() < Long.SIZE
                ? OptionalLong.of(shortest.longValue())
                : OptionalLong.empty();
    }
}
