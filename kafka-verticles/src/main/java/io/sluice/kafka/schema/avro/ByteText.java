package io.sluice.kafka.schema.avro;

import io.sluice.kafka.schema.avro.JsonValue.Text;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as the Avro specification writes them in JSON: a string with a character from U+0000 to U+00FF for each. */
final class ByteText {
    private ByteText() {}

    /**
     * @return null when this is no such string
     */
    static byte @Nullable [] bytes(JsonValue value) {
        return value instanceof Text text && text.value().chars().allMatch(c -> c <= 0xFF)
                ? text.value().getBytes(StandardCharsets.ISO_8859_1)
                : null;
    }

    /**
     * @return null when this is no such string, or one of another length
     */
    static byte @Nullable [] bytes(JsonValue value, int length) {
        byte[] bytes = bytes(value);
        return bytes != null && bytes.length == length ? bytes : null;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
