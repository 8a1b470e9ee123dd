package io.sluice.core.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.sluice.core.message.InvokeRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The oracle: an envelope read with Jackson's tokens, the text of {@code data} cut out at the tokens' offsets. */
final class JacksonEnvelope {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] body;
    private final JsonParser parser;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private String operation = "";
    private byte @Nullable [] data;

    private JacksonEnvelope(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /** The request, or empty when the body is to be refused. */
    static Optional<InvokeRequest> read(byte[] body) {
        byte[] text = withoutMark(body);
        try (JsonParser parser = JACKSON.createParser(text)) {
            return new JacksonEnvelope(text, parser).read();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("an array was read", e);
        }
    }

    private static byte[] withoutMark(byte[] body) {
        boolean marked = body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
    }

    private Optional<InvokeRequest> read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.VALUE_NULL) {
            return Optional.of(new InvokeRequest("", null, Map.of()));
        }
        boolean known = first == JsonToken.START_OBJECT;
        while (known && parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName().toLowerCase(Locale.ROOT);
            known = readMember(name, parser.nextToken());
        }
        return known && !holdsFf() ? Optional.of(new InvokeRequest(operation, data, metadata)) : Optional.empty();
    }

    /**
     * Whether the envelope holds the byte 0xFF, which Jackson refuses everywhere, but for one defect: its table of names
     * pads short names with 0xFF, and so takes a name with 0xFF in front for one that it has seen without.
     */
    private boolean holdsFf() {
        long end = parser.currentLocation().getByteOffset();
        return IntStream.range(0, (int) end).anyMatch(i -> body[i] == (byte) 0xFF);
    }

    private boolean readMember(String name, JsonToken value) throws IOException {
        switch (name) {
            case "operation":
                operation = value == JsonToken.VALUE_STRING ? text() : operation;
                return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL;
            case "metadata":
                return value == JsonToken.VALUE_NULL ? clearMetadata() : readMetadata(value);
            case "data":
                int start = (int) parser.currentTokenLocation().getByteOffset();
                skipValue();
                int end = (int) parser.currentLocation().getByteOffset();
                data = value == JsonToken.VALUE_NULL ? null : Arrays.copyOfRange(body, start, end);
                return true;
            default:
                skipValue();
                return true;
        }
    }

    private boolean clearMetadata() {
        metadata.clear();
        return true;
    }

    private boolean readMetadata(JsonToken value) throws IOException {
        boolean valid = value == JsonToken.START_OBJECT;
        while (valid && parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            JsonToken entry = parser.nextToken();
            valid = entry == JsonToken.VALUE_STRING || entry == JsonToken.VALUE_NULL;
            metadata.put(name, entry == JsonToken.VALUE_STRING ? text() : "");
        }
        return valid;
    }

    private void skipValue() throws IOException {
        parser.skipChildren();
        parser.finishToken();
    }

    private String text() throws IOException {
        return wellFormed(parser.getText());
    }

    private static String wellFormed(String text) {
        var result = new StringBuilder();
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
