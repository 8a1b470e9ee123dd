package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
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
            return Fit.EXACT;
        }
        if (value.shape() != Shape.NUMBER || Float.isInfinite(nearest(value))) {
            return Fit.NONE;
        }
        if (!Floating.isExact(value, Float.toString(nearest(value)))) {
            return Fit.COARSE;
        }
        return nearest(value) == Double.parseDouble(Floating.text(value)) ? Fit.EXACT : Fit.NARROW;
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
    public String misfit(Shape shape) {
        return shape == Shape.NUMBER ? "a number out of its range" : shape.words();
    }

    private static float nearest(JsonValue value) {
        return Float.parseFloat(Floating.text(value));
    }
}
