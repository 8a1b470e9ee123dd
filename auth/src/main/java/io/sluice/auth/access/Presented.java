package io.sluice.auth.access;

import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows to say who sent it.
 *
 * @param apiToken the header {@code dapr-api-token}, its bytes read as Latin-1; null without
 * @param authorization the header {@code authorization}, null without
 * @param certificate the client's, which its connection has proven and the listener trusts; null without
 */
public record Presented(
        @Nullable String apiToken,
        @Nullable String authorization,
        @Nullable X509Certificate certificate) {
    private static final String SCHEME = "bearer ";

    /** The bearer token (RFC 6750, 2.1), or null when there is none. */
    @Nullable
    String bearer() {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }

    /** Never what was shown: it may be right. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Presented[apiToken=%b, authorization=%b, certificate=%b]",
                apiToken != null,
                authorization != null,
                certificate != null);
    }
}
