package io.sluice.auth.access;

import io.sluice.core.binding.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How callers say who they are, and what they may do.
 *
 * @param apiToken Dapr's API token, null for none
 * @param certificates what the listeners' trusted client certificates are good for
 * @param oidc whose bearer tokens are taken, null for nobody's
 */
public record AccessSettings(
        @Nullable Secret apiToken,
        ClientCertificates certificates,
        @Nullable OidcSettings oidc,
        Grants grants) {
    /** Whether callers have to say who they are. */
    public boolean authenticates() {
        return apiToken != null || oidc != null || certificates != ClientCertificates.NONE;
    }
}
