package io.sluice.core.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an output binding: the operation, the bytes that become the record's value, and the request's metadata.
 *
 * <p>Immutable by convention: whoever builds a request gives the array and the map away, so a request crosses the local
 * bus without a copy.
 */
public final class InvokeRequest {
    /** The only operation of {@code bindings.kafka}. */
    public static final String CREATE = "create";

    private final String operation;
    private final byte @Nullable [] value;
    private final Map<String, String> metadata;

    /**
     * @param operation as the caller spelled it, empty when the caller gave none
     * @param value the record's value byte for byte, null for a tombstone; owned by the request from here on
     * @param metadata in the caller's order; owned by the request from here on
     */
    public InvokeRequest(String operation, byte @Nullable [] value, Map<String, String> metadata) {
        this.operation = operation;
        this.value = value;
        this.metadata = metadata;
    }

    public String operation() {
        return operation;
    }

    /** The record's value; not to be written to. */
    public byte @Nullable [] value() {
        return value;
    }

    /** An unmodifiable view in the caller's order. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** This request with {@code entries} added to its metadata; entries win over what the caller gave. */
    public InvokeRequest withMetadata(Map<String, String> entries) {
        if (entries.isEmpty()) {
            return this;
        }
        var merged = new LinkedHashMap<>(metadata);
        merged.putAll(entries);
        return new InvokeRequest(operation, value, merged);
    }

    /** Bytes that the request keeps alive, roughly: its value and its metadata. */
    public int weight() {
        int weight = value == null ? 0 : value.length;
        for (var entry : metadata.entrySet()) {
            weight += entry.getKey().length() + entry.getValue().length();
        }
        return weight;
    }

    /** Shape without payload: values never reach a log. */
    @Override
    public String toString() {
        return "InvokeRequest[operation=" + operation + ", value=" + (value == null ? "null" : value.length + " bytes")
                + ", metadata=" + metadata.size() + " entries]";
    }
}
