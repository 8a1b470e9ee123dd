package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** {@code fixed}, as {@link ByteText}. */
final class FixedType implements AvroType {
    private final String name;
    private final int size;

    FixedType(String fullName, int size) {
        this.name = "fixed " + Names.printable(fullName) + " of " + size + " bytes";
        this.size = size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(ByteText.bytes(value, size) != null);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        byte[] bytes = ByteText.bytes(value, size);
        if (bytes == null) {
            throw mismatch(value);
        }
        out.writeFixed(bytes);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        out.writeString(ByteText.text(bytes(in, size)));
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string of another length or with characters above U+00FF" : shape.words();
    }

    /** So many bytes of the data, which is looked at before any memory is taken for them. */
    static byte[] bytes(BinaryDecoder in, int size) throws IOException {
        if (size > in.inputStream().available()) {
            throw new EOFException();
        }
        var bytes = new byte[size];
        in.readFixed(bytes);
        return bytes;
    }
}
