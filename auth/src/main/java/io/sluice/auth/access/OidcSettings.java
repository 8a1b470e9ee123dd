package io.sluice.auth.access;

import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose bearer tokens are taken.
 *
 * @param issuer exactly as tokens name it in {@code iss}
 * @param audiences a token has to name one of them in {@code aud}
 * @param jwksUrl where the issuer's keys are, or null to look it up at the issuer (OpenID Connect Discovery 1.0)
 * @param trusted PEM certificates of whoever vouches for the issuer's server, or null for the system's
 */
public record OidcSettings(
        String issuer,
        Set<String> audiences,
        @Nullable String jwksUrl,
        @Nullable Buffer trusted) {
    public OidcSettings {
        audiences = Set.copyOf(audiences);
    }
}
