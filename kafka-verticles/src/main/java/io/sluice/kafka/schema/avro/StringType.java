package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code string}. */
final class StringType implements AvroType {
    @Override
    public String name() {
        return "string";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(value instanceof Text);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (!(value instanceof Text text)) {
            throw mismatch(value);
        }
        out.writeString(text.value());
    }

    /** What is not UTF-8 becomes U+FFFD: the JSON is well-formed whatever a producer wrote. */
    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeString(in.readString());
    }
}
