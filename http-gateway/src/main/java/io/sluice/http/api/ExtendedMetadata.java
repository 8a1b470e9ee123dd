package io.sluice.http.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients have noted of this gateway, bounded: 128 entries of 4 KiB each, name and value together.
 *
 * <p>Safe for use from any thread.
 */
public final class ExtendedMetadata {
    static final int MAX_ENTRIES = 128;
    static final int MAX_ENTRY_BYTES = 4096;

    /** What to tell a client whose entry was not taken. */
    public static final String NO_ROOM =
            "no room for the entry: at most " + MAX_ENTRIES + " entries of " + MAX_ENTRY_BYTES + " bytes";

    private final Map<String, String> entries = new TreeMap<>();

    /** Sets an entry, or returns false when there is no room for it. */
    public synchronized boolean put(String name, byte[] value) {
        if (name.getBytes(StandardCharsets.UTF_8).length + value.length > MAX_ENTRY_BYTES) {
            return false;
        }
        if (entries.size() == MAX_ENTRIES && !entries.containsKey(name)) {
            return false;
        }
        entries.put(name, new String(value, StandardCharsets.UTF_8));
        return true;
    }

    /** A copy, in the order of the names. */
    public synchronized Map<String, String> entries() {
        return new TreeMap<>(entries);
    }
}
