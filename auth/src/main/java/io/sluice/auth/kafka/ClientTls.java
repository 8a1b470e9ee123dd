package io.sluice.auth.kafka;

import io.sluice.auth.tls.KeyPassword;
import io.sluice.auth.tls.PemIdentity;
import io.sluice.auth.tls.PemSource;
import io.sluice.auth.tls.TlsFiles;
import io.sluice.auth.tls.TlsMaterial;
import io.sluice.core.binding.AuthSettings.Tls;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Transport security of a client's connections: each new one starts with the certificates as they are then. Safe for use
 * from any thread but an event loop: it reads files.
 */
final class ClientTls {
    private final Tls settings;
    private final TlsFiles files;
    private @Nullable TlsMaterial material;
    private @Nullable SSLContext context;

    /** Reads nothing yet. */
    ClientTls(Tls settings) {
        this.settings = settings;
        this.files = new TlsFiles(trusted(settings), own(settings));
    }

    private static @Nullable PemSource trusted(Tls tls) {
        // Who trusts everyone does not stumble over roots that are not needed.
        return tls.caCert() == null || tls.skipVerify() ? null : new PemSource("caCert", tls.caCert());
    }

    private static @Nullable PemIdentity own(Tls tls) {
        if (tls.clientCert() == null || tls.clientKey() == null) {
            return null;
        }
        return new PemIdentity(
                new PemSource("clientCert", tls.clientCert()),
                new PemSource("clientKey", tls.clientKey().reveal()),
                tls.clientKeyPassword() == null ? null : new KeyPassword.Given(tls.clientKeyPassword()));
    }

    Tls settings() {
        return settings;
    }

    /**
     * What a new connection starts from. Connections of one context may resume each other's sessions, so there is a new one
     * for new certificates.
     *
     * @throws io.sluice.auth.tls.PemException when certificates or key cannot be used and never could
     */
    synchronized SSLContext context() {
        TlsMaterial newest = files.current();
        SSLContext known = context;
        if (known == null || !newest.equals(material)) {
            known = context(newest);
            context = known;
            material = newest;
        }
        return known;
    }

    private SSLContext context(TlsMaterial from) {
        KeyManager[] own = from.keyManager() == null ? null : new KeyManager[] {from.keyManager()};
        TrustManager[] trusted = from.trustManager() == null ? null : new TrustManager[] {from.trustManager()};
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(own, settings.skipVerify() ? new TrustManager[] {new TrustEveryone()} : trusted, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
