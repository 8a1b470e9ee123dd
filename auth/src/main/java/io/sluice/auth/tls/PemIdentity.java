package io.sluice.auth.tls;

import org.jspecify.annotations.Nullable;

/**
 * Where one end of a connection has its own certificate.
 *
 * @param certificates the certificate and those between it and the root
 * @param key private key of the certificate
 * @param keyPassword of an encrypted key, null without
 */
public record PemIdentity(
        PemSource certificates, PemSource key, @Nullable KeyPassword keyPassword) {
    /** Blocks while files are read. */
    IdentityText read() {
        PemText certificatesText = certificates.read();
        PemText keyText = key.read();
        boolean open = !PrivateKeys.isEncrypted(keyText);
        return new IdentityText(certificatesText, keyText, keyPassword == null || open ? null : keyPassword.read());
    }
}
