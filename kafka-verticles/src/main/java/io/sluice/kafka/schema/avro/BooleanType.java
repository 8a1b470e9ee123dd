package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Bool;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code boolean}. */
final class BooleanType implements AvroType {
    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.BOOLEAN;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(value instanceof Bool);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (!(value instanceof Bool bool)) {
            throw mismatch(value);
        }
        out.writeBoolean(bool.value());
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeBoolean(in.readBoolean());
    }
}
