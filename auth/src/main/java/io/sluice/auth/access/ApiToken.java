package io.sluice.auth.access;

import io.sluice.core.binding.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Dapr's API token. */
final class ApiToken {
    private final byte[] expected;

    ApiToken(Secret token) {
        this.expected = token.reveal().getBytes(StandardCharsets.UTF_8);
    }

    /** Takes as long for a nearly right token as for a wrong one. */
    boolean is(@Nullable String given) {
        // Headers are read as Latin-1, so this gives back the bytes that were sent.
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.ISO_8859_1));
    }
}
