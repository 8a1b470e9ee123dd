package io.sluice.http.deliver;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** Puts the headers of one request together in the request itself; of one name the last value counts. */
final class WireHeaders {
    /** Names the headers that are percent-encoded, name and value. */
    static final String ENCODED = "sluice-encoded-headers";

    private final MultiMap headers;
    private final boolean escapeValues;
    /** Stays empty for nearly every record. */
    private final Set<String> encoded = new LinkedHashSet<>(0);

    /** @param escapeValues whether {@link #putOctets} URL-escapes values, needed or not */
    WireHeaders(MultiMap headers, boolean escapeValues) {
        this.headers = headers;
        this.escapeValues = escapeValues;
    }

    /** A header of the gateway's own; the value is plain. */
    void putText(String name, String value) {
        headers.set(name, value);
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
            headers.set(wireName, HeaderEncoding.encodeValue(octets));
            encoded.add(wireName);
        }
    }

    /** Names what is encoded; to be called last. */
    void end() {
        if (!encoded.isEmpty()) {
            headers.set(ENCODED, String.join(", ", encoded));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
