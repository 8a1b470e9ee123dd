package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code bytes}, as {@link ByteText}. */
final class BytesType implements AvroType {
    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(ByteText.bytes(value) != null);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        byte[] bytes = ByteText.bytes(value);
        if (bytes == null) {
            throw mismatch(value);
        }
        out.writeBytes(bytes);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeString(ByteText.text(in.readBytes(null).array()));
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string with characters above U+00FF" : shape.words();
    }
}
