package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Numeral;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code float}: the nearest to any number within its range, and what JSON has no numbers for as text. */
final class FloatType implements AvroType {
    @Override
    public String name() {
        return "float";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.NUMBER || shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (Floating.isNoNumber(value)) {
            return Fit.CONVERTED;
        }
        if (value.shape() != Shape.NUMBER || Float.isInfinite(nearest(value))) {
            return Fit.NONE;
        }
        if (value instanceof Numeral numeral && Floating.hasFraction(numeral)) {
            return nearest(value) == Double.parseDouble(numeral.text()) ? Fit.EXACT : Fit.CONVERTED;
        }
        return Floating.isExact(value, nearest(value)) ? Fit.EXACT : Fit.CONVERTED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        boolean isNumber = value.shape() == Shape.NUMBER && !Float.isInfinite(nearest(value));
        if (!isNumber && !Floating.isNoNumber(value)) {
            throw mismatch(value);
        }
        out.writeFloat(nearest(value));
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeNumber(in.readFloat());
    }

    @Override
    public AvroMismatch mismatch(JsonValue value) {
        return AvroMismatch.expected(name(), Floating.misfit(value));
    }

    private static float nearest(JsonValue value) {
        return Float.parseFloat(Floating.text(value));
    }
}
