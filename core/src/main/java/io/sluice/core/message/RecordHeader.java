package io.sluice.core.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One header of a consumed record. Immutable by convention: the array is not written to. */
public final class RecordHeader {
    private final String name;
    private final byte @Nullable [] value;

    public RecordHeader(String name, byte @Nullable [] value) {
        this.name = name;
        this.value = value;
    }

    public String name() {
        return name;
    }

    public byte @Nullable [] value() {
        return value;
    }

    /** The value as UTF-8 text, empty for a null value. */
    public String text() {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
