package io.sluice.auth.tls;

import java.time.Instant;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and a key, read and found to belong together.
 *
 * @param keyManager who we are, null without a certificate of our own
 * @param trustManager whom we trust, null for whom Java trusts by itself: the roots of the system
 */
public record TlsMaterial(
        @Nullable X509ExtendedKeyManager keyManager,
        @Nullable X509ExtendedTrustManager trustManager) {
    /** When our own certificate ends, null without one. */
    public @Nullable Instant end() {
        return keyManager == null
                ? null
                : keyManager
                        .getCertificateChain(MaterialReader.OWN)[0]
                        .getNotAfter()
                        .toInstant();
    }
}
