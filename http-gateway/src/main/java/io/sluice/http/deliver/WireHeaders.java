package io.sluice.http.deliver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The headers of one request; of one name, in whatever case, the last value counts. */
final class WireHeaders {
    /** Names the headers that are percent-encoded, name and value. */
    static final String ENCODED = "sluice-encoded-headers";

    /** As many as the gateway itself writes. */
    private static final int USUAL = 8;

    private static final char DELETE = 0x7f;

    private final boolean escapeValues;
    private final List<String> names = new ArrayList<>(USUAL);
    private final List<String> values = new ArrayList<>(USUAL);
    /** Stays empty for nearly every record. */
    private Set<String> encoded = Set.of();

    /** @param escapeValues whether {@link #putOctets} URL-escapes values, needed or not */
    WireHeaders(boolean escapeValues) {
        this.escapeValues = escapeValues;
    }

    void forEach(BiConsumer<String, String> header) {
        for (int i = 0; i < names.size(); i++) {
            header.accept(names.get(i), values.get(i));
        }
    }

    /**
     * A header of the gateway's own; the value is plain.
     *
     * @throws IllegalArgumentException when it is not, and would be read as something else than this header
     */
    void putText(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) >= DELETE) {
                throw new IllegalArgumentException("header " + name + " has a character that HTTP does not allow");
            }
        }
        putPlain(name, value);
    }

    private void putPlain(String name, String value) {
        set(name, value);
        if (!encoded.isEmpty()) {
            encoded.remove(name);
        }
    }

    /**
     * A header of a record. Without {@code escapeValues}, one whose name or value HTTP cannot carry is encoded as a
     * whole, name and value, so that a receiver has one rule to undo it.
     */
    void putOctets(String name, byte[] value) {
        var wireName = HeaderEncoding.encodeName(name);
        if (wireName.isEmpty()) {
            // HTTP has no place for it, encoded or not.
            return;
        }
        var octets = escapeValues ? ascii(HeaderEncoding.queryEscape(value)) : value;
        if (HeaderEncoding.isPlainName(name) && HeaderEncoding.isPlainValue(octets)) {
            putPlain(wireName, new String(octets, StandardCharsets.US_ASCII));
        } else {
            set(wireName, HeaderEncoding.encodeValue(octets));
            encode(wireName);
        }
    }

    /** Names what is encoded; to be called last. */
    void end() {
        if (!encoded.isEmpty()) {
            set(ENCODED, String.join(", ", encoded));
        }
    }

    private void set(String name, String value) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                values.set(i, value);
                return;
            }
        }
        names.add(name);
        values.add(value);
    }

    private void encode(String wireName) {
        if (encoded.isEmpty()) {
            encoded = new LinkedHashSet<>();
        }
        encoded.add(wireName);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
