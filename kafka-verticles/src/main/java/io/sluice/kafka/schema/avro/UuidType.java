package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** A UUID in a string: its text, as the client wrote it. */
final class UuidType implements AvroType {
    private final StringType string = new StringType();

    @Override
    public String name() {
        return "uuid";
    }

    @Override
    public boolean takes(Shape shape) {
        return string.takes(shape);
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(Uuids.parse(value) != null);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (Uuids.parse(value) == null) {
            throw mismatch(value);
        }
        string.write(value, out);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        string.read(in, out);
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string that is none" : shape.words();
    }
}
