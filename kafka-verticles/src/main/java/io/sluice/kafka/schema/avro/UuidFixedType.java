package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/** A UUID in a fixed of 16 bytes: its text; the 16 characters of {@link ByteText}, as Dapr has it, are taken too. */
final class UuidFixedType implements AvroType {
    private static final int SIZE = 16;

    @Override
    public String name() {
        return "uuid";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (Uuids.parse(value) != null) {
            return Fit.EXACT;
        }
        return bytes(value) == null ? Fit.NONE : Fit.CONVERTED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        byte[] bytes = bytes(value);
        if (bytes == null) {
            throw mismatch(value);
        }
        out.writeFixed(bytes);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(FixedType.bytes(in, SIZE));
        out.writeString(new UUID(bytes.getLong(), bytes.getLong()).toString());
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string that is none" : shape.words();
    }

    private static byte @Nullable [] bytes(JsonValue value) {
        UUID uuid = Uuids.parse(value);
        if (uuid == null) {
            return ByteText.bytes(value, SIZE);
        }
        return ByteBuffer.allocate(SIZE)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
