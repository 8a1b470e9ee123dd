package io.sluice.http.grpc;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** The {@code data} of Dapr's messages. */
public final class DataField {
    private static final ByteString JSON_NULL = ByteString.copyFromUtf8("null");

    private DataField() {}

    /** The record's value, byte for byte; null, a tombstone, for no bytes and for the JSON text {@code null}. */
    public static byte @Nullable [] value(ByteString data) {
        return data.isEmpty() || data.equals(JSON_NULL) ? null : data.toByteArray();
    }
}
