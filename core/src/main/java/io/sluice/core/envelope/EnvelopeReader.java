package io.sluice.core.envelope;

import io.sluice.core.message.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one envelope; what Go's decoder does with repeated members and with null is done here too. */
final class EnvelopeReader {
    private static final byte[] CREATE = InvokeRequest.CREATE.getBytes(StandardCharsets.US_ASCII);

    private final byte[] body;
    private String operation = "";
    private @Nullable Map<String, String> metadata;
    private int dataStart;
    private int dataEnd;

    EnvelopeReader(byte[] body) {
        this.body = body;
    }

    /**
     * @param at where the envelope's opening brace stands
     */
    InvokeRequest read(int at) throws MalformedEnvelopeException {
        int next = JsonScanner.firstMember(body, at);
        while (body[next] == '"') {
            int nameEnd = StringScanner.skip(body, next);
            int value = JsonScanner.memberValue(body, nameEnd);
            int valueEnd =
                    switch (Member.named(body, next, nameEnd)) {
                        case OPERATION -> readOperation(value);
                        case METADATA -> readMetadata(value);
                        case DATA -> readData(value);
                        case OTHER -> JsonScanner.skipValue(body, value, 1);
                    };
            next = JsonScanner.nextMember(body, valueEnd);
        }
        return new InvokeRequest(operation, data(), metadata == null ? Map.of() : metadata);
    }

    private int readOperation(int at) throws MalformedEnvelopeException {
        if (body[at] == 'n') {
            return JsonScanner.skipNull(body, at);
        }
        if (body[at] != '"') {
            throw Malformed.wrongType("operation must be a string", body, at);
        }
        int end = StringScanner.skip(body, at);
        operation = Arrays.equals(body, at + 1, end - 1, CREATE, 0, CREATE.length)
                ? InvokeRequest.CREATE
                : StringDecoder.decode(body, at + 1, end - 1);
        return end;
    }

    private int readData(int at) throws MalformedEnvelopeException {
        int end = JsonScanner.skipValue(body, at, 1);
        dataStart = at;
        dataEnd = body[at] == 'n' ? at : end;
        return end;
    }

    private byte @Nullable [] data() {
        return dataEnd == dataStart ? null : Arrays.copyOfRange(body, dataStart, dataEnd);
    }

    private int readMetadata(int at) throws MalformedEnvelopeException {
        if (body[at] == 'n') {
            metadata = null;
            return JsonScanner.skipNull(body, at);
        }
        if (body[at] != '{') {
            throw Malformed.wrongType("metadata must be an object", body, at);
        }
        Map<String, String> entries = metadata == null ? new LinkedHashMap<>() : metadata;
        metadata = entries;
        int next = JsonScanner.firstMember(body, at);
        while (body[next] == '"') {
            int nameEnd = StringScanner.skip(body, next);
            String name = StringDecoder.decode(body, next + 1, nameEnd - 1);
            int value = JsonScanner.memberValue(body, nameEnd);
            next = JsonScanner.nextMember(body, readEntry(entries, name, value));
        }
        return next + 1;
    }

    private int readEntry(Map<String, String> entries, String name, int at) throws MalformedEnvelopeException {
        if (body[at] == 'n') {
            entries.put(name, "");
            return JsonScanner.skipNull(body, at);
        }
        if (body[at] != '"') {
            String rule = "metadata." + Malformed.printable(name) + " must be a string";
            throw Malformed.wrongType(rule, body, at);
        }
        int end = StringScanner.skip(body, at);
        entries.put(name, StringDecoder.decode(body, at + 1, end - 1));
        return end;
    }
}
