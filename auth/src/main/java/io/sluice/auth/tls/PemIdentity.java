package io.sluice.auth.tls;

import io.sluice.core.binding.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where one end of a connection has its own certificate.
 *
 * @param certificates the certificate and those between it and the root
 * @param key private key of the certificate
 * @param keyPassword of an encrypted key, null without
 */
public record PemIdentity(
        PemSource certificates, PemSource key, @Nullable Secret keyPassword) {}
