package io.sluice.core.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a message from its wire form, one after the other. */
final class WireReader {
    private final Buffer buffer;
    private int position;

    WireReader(Buffer buffer, int position) {
        this.buffer = buffer;
        this.position = position;
    }

    int readInt() {
        int value = buffer.getInt(position);
        position += Integer.BYTES;
        return value;
    }

    long readLong() {
        long value = buffer.getLong(position);
        position += Long.BYTES;
        return value;
    }

    String readText() {
        byte[] bytes = readBytes();
        if (bytes == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    byte @Nullable [] readBytes() {
        int length = readInt();
        if (length == InvokeWire.NULL) {
            return null;
        }
        if (length < 0 || length > buffer.length() - position) {
            throw new IllegalArgumentException("a part of " + length + " bytes does not fit in the message");
        }
        byte[] bytes = buffer.getBytes(position, position + length);
        position += length;
        return bytes;
    }
}
