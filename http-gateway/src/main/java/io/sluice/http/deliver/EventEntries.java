package io.sluice.http.deliver;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The metadata of one message: texts by name, of which the last of a name counts.
 *
 * <p>Names may be any text and keep their case. A value that is no text in UTF-8 is percent-encoded together with its name,
 * so that receivers undo it as with the headers of HTTP ({@link WireHeaders}); a name with a {@code %} is always encoded,
 * so that no two names share a form.
 */
final class EventEntries {
    private final boolean escapeValues;
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final Set<String> encoded = new LinkedHashSet<>();

    /** @param escapeValues whether {@link #putOctets} URL-escapes values, needed or not */
    EventEntries(boolean escapeValues) {
        this.escapeValues = escapeValues;
    }

    /** An entry of the gateway's own. */
    void putText(String name, String value) {
        entries.put(name, value);
    }

    void putOctets(String name, byte[] value) {
        var octets =
                escapeValues ? ByteString.copyFromUtf8(HeaderEncoding.queryEscape(value)) : ByteString.copyFrom(value);
        var encodedName = HeaderEncoding.encodeExactName(name);
        boolean isPlainName = name.indexOf('%') < 0;
        if (isPlainName && octets.isValidUtf8()) {
            if (encoded.remove(encodedName)) {
                entries.remove(encodedName);
            }
            entries.put(name, octets.toString(StandardCharsets.UTF_8));
        } else {
            if (isPlainName) {
                entries.remove(name);
            }
            entries.put(encodedName, HeaderEncoding.encodeValue(octets.toByteArray()));
            encoded.add(encodedName);
        }
    }

    /** Everything, with the names of what is encoded. */
    Map<String, String> whole() {
        if (!encoded.isEmpty()) {
            entries.put(WireHeaders.ENCODED, String.join(", ", encoded));
        }
        return entries;
    }
}
