package io.sluice.auth.oidc;

import io.sluice.auth.tls.Certificates;
import io.sluice.auth.tls.PemSource;
import io.sluice.auth.token.TokenException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust when tokens are fetched: the system's roots and those of {@code caCert}, as Dapr does, since the brokers may
 * have a private authority while the token server has a public one.
 */
final class Roots {
    private Roots() {}

    /**
     * Blocks while a file is read.
     *
     * @throws io.sluice.auth.tls.PemException when {@code caCert} holds no certificates that can be read
     */
    static TrustManagerFactory systemAnd(PemSource caCert) throws TokenException {
        try {
            var roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            List<X509Certificate> trusted = systemRoots();
            trusted.addAll(Certificates.read(caCert));
            for (int i = 0; i < trusted.size(); i++) {
                roots.setCertificateEntry("root-" + i, trusted.get(i));
            }
            return factory(roots);
        } catch (GeneralSecurityException | IOException e) {
            throw new TokenException("caCert: not usable as roots of oidcTokenEndpoint: " + e.getMessage());
        }
    }

    private static List<X509Certificate> systemRoots() throws GeneralSecurityException {
        var roots = new ArrayList<X509Certificate>();
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                roots.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return roots;
    }

    private static TrustManagerFactory factory(@Nullable KeyStore roots) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        return factory;
    }
}
