package io.sluice.auth.tls;

import io.sluice.core.binding.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** From PEM texts to what TLS works with. */
final class MaterialReader {
    private static final char[] NO_PASSWORD = {};

    private MaterialReader() {}

    static X509ExtendedTrustManager trustManager(PemText trusted) {
        List<X509Certificate> roots = Certificates.parse(trusted);
        try {
            KeyStore store = emptyStore();
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + store.size(), root);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java cannot hold certificates", e);
        }
    }

    static X509ExtendedKeyManager keyManager(PemText certificates, PemText key, @Nullable Secret keyPassword) {
        List<X509Certificate> given = Certificates.parse(certificates);
        PrivateKey privateKey = PrivateKeys.parse(key, keyPassword);
        X509Certificate own = given.stream()
                .filter(candidate -> KeyPairs.fit(candidate.getPublicKey(), privateKey))
                .findFirst()
                .orElseThrow(() -> new PemException(key.source(), "does not fit " + certificates.source()));
        return keyManager(Certificates.chain(own, given), privateKey);
    }

    private static X509ExtendedKeyManager keyManager(List<X509Certificate> chain, PrivateKey key) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java cannot hold a key", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
