package io.sluice.http.api;

import io.sluice.core.binding.Secret;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The token that callers must present, if there is one. */
public final class ApiToken {
    private static final String HEADER = "dapr-api-token";

    private final byte @Nullable [] expected;

    public ApiToken(@Nullable Secret token) {
        this.expected = token == null ? null : token.reveal().getBytes(StandardCharsets.UTF_8);
    }

    /** Takes as long for a nearly right token as for a wrong one. */
    public boolean admits(MultiMap headers) {
        if (expected == null) {
            return true;
        }
        var given = headers.get(HEADER);
        // Headers are read as Latin-1, so this gives back the bytes that were sent.
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.ISO_8859_1));
    }
}
