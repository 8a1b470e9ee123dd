package io.sluice.kafka.schema.registry;

import java.nio.ByteBuffer;

/**
 * The form of a value that has its schema in a registry, as Confluent's clients write it: a zero byte, the schema's id in
 * four bytes, the highest first, and the encoded value.
 */
public final class WireFormat {
    static final int HEADER = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** Whether {@code value} has the form. */
    public static boolean isFramed(byte[] value) {
        return value.length >= HEADER && value[0] == MAGIC;
    }

    /** The schema's id in a value that has the form. */
    public static int schemaId(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }

    /** Writes the header into the first bytes of {@code value}. */
    static void frame(byte[] value, int schemaId) {
        ByteBuffer.wrap(value).put(MAGIC).putInt(schemaId);
    }
}
