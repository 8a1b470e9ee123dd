package io.sluice.core.bus;

import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of requests and outcomes. Numbers are big-endian; bytes and UTF-8 texts follow their length in bytes,
 * which is -1 for null.
 *
 * <pre>
 * InvokeRequest  operation text, value bytes, number of metadata entries as int, for each: name text, value text
 * Stored         topic text, partition int, offset long
 * </pre>
 */
final class InvokeWire {
    static final int NULL = -1;

    private InvokeWire() {}

    static void writeRequest(Buffer buffer, InvokeRequest request) {
        writeText(buffer, request.operation());
        writeBytes(buffer, request.value());
        buffer.appendInt(request.metadata().size());
        request.metadata().forEach((name, value) -> {
            writeText(buffer, name);
            writeText(buffer, value);
        });
    }

    static InvokeRequest readRequest(WireReader reader) {
        String operation = reader.readText();
        byte[] value = reader.readBytes();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int left = reader.readInt(); left > 0; left--) {
            String name = reader.readText();
            metadata.put(name, reader.readText());
        }
        return new InvokeRequest(operation, value, metadata);
    }

    static void writeStored(Buffer buffer, InvokeOutcome.Stored stored) {
        writeText(buffer, stored.topic());
        buffer.appendInt(stored.partition());
        buffer.appendLong(stored.offset());
    }

    static InvokeOutcome.Stored readStored(WireReader reader) {
        return new InvokeOutcome.Stored(reader.readText(), reader.readInt(), reader.readLong());
    }

    private static void writeText(Buffer buffer, String text) {
        writeBytes(buffer, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(Buffer buffer, byte @Nullable [] bytes) {
        if (bytes == null) {
            buffer.appendInt(NULL);
        } else {
            buffer.appendInt(bytes.length).appendBytes(bytes);
        }
    }
}
