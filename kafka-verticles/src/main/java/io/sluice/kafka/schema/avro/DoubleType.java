package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code double}: the nearest to any number within its range, and what JSON has no numbers for as text. */
final class DoubleType implements AvroType {
    @Override
    public String name() {
        return "double";
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
        if (value.shape() != Shape.NUMBER || Double.isInfinite(nearest(value))) {
            return Fit.NONE;
        }
        return Floating.isExact(value, Double.toString(nearest(value))) ? Fit.EXACT : Fit.ROUNDED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (value.shape() != Shape.NUMBER && !Floating.isNoNumber(value)) {
            throw mismatch(value);
        }
        double nearest = nearest(value);
        if (value.shape() == Shape.NUMBER && Double.isInfinite(nearest)) {
            throw mismatch(value);
        }
        out.writeDouble(nearest);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeNumber(in.readDouble());
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.NUMBER ? "a number out of its range" : shape.words();
    }

    private static double nearest(JsonValue value) {
        return value instanceof Whole whole ? whole.value() : Double.parseDouble(Floating.text(value));
    }
}
