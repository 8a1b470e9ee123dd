package io.sluice.auth.tls;

import io.sluice.core.binding.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a connection has to show, as it was read.
 *
 * @param password null for a key that is not encrypted, and when there is none
 */
record IdentityText(
        PemText certificates, PemText key, @Nullable Secret password) {}
