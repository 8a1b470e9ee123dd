package io.sluice.http.deliver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The headers of one request, their names in lower case; of one name the last value counts. */
final class WireHeaders {
    /** Names the headers that are percent-encoded, name and value. */
    static final String ENCODED = "sluice-encoded-headers";

    /** As many as the gateway itself writes. */
    private static final int USUAL = 8;
    /** From here on looking through them costs more than looking one up. */
    private static final int MANY = 32;

    private static final int ABSENT = -1;

    private static final char DELETE = 0x7f;

    private final boolean escapeValues;
    private final List<String> names = new ArrayList<>(USUAL);
    private final List<String> values = new ArrayList<>(USUAL);
    /** Of names in {@link #names}; stays empty while there are few. */
    private Map<String, Integer> places = Map.of();
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
        int at = find(name);
        if (at >= 0) {
            values.set(at, value);
            return;
        }
        if (!places.isEmpty()) {
            places.put(name, names.size());
        }
        names.add(name);
        values.add(value);
    }

    /** Few are looked through, many are looked up: a record may have a hundred thousand headers. */
    private int find(String name) {
        if (names.size() < MANY) {
            return names.indexOf(name);
        }
        if (places.isEmpty()) {
            places = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                places.put(names.get(i), i);
            }
        }
        return places.getOrDefault(name, ABSENT);
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
