package io.sluice.http.deliver;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The headers of one request while they are put together; of one name the last value counts. */
final class WireHeaders {
    /** Names the headers that are percent-encoded, name and value. */
    static final String ENCODED = "sluice-encoded-headers";

    private final boolean escapeValues;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Set<String> encoded = new LinkedHashSet<>();

    /** @param escapeValues whether {@link #putOctets} URL-escapes values, needed or not */
    WireHeaders(boolean escapeValues) {
        this.escapeValues = escapeValues;
    }

    /** A header of the gateway's own; the value is plain. */
    void putText(String name, String value) {
        headers.put(name, value);
        encoded.remove(name);
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
            putText(wireName, new String(octets, StandardCharsets.US_ASCII));
        } else {
            headers.put(wireName, HeaderEncoding.encodeValue(octets));
            encoded.add(wireName);
        }
    }

    MultiMap toMultiMap() {
        var map = HttpHeaders.headers();
        headers.forEach(map::add);
        if (!encoded.isEmpty()) {
            map.add(ENCODED, String.join(", ", encoded));
        }
        return map;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
