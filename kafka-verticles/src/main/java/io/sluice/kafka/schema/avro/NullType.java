package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code null}. */
final class NullType implements AvroType {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.NULL;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(value.shape() == Shape.NULL);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (value.shape() != Shape.NULL) {
            throw mismatch(value);
        }
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeNull();
    }
}
