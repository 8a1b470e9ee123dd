package io.sluice.auth.tls;

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

/** From PEM texts to what TLS works with. */
final class MaterialReader {
    /** The alias of our own key. */
    static final String OWN = "own";

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

    static X509ExtendedKeyManager keyManager(IdentityText identity) {
        List<X509Certificate> given = Certificates.parse(identity.certificates());
        PrivateKey privateKey = PrivateKeys.parse(identity.key(), identity.password());
        X509Certificate own = given.stream()
                .filter(candidate -> KeyPairs.fit(candidate.getPublicKey(), privateKey))
                .findFirst()
                .orElseThrow(() -> new PemException(
                        identity.key().source(),
                        "does not fit " + identity.certificates().source()));
        return keyManager(Certificates.chain(own, given), privateKey);
    }

    private static X509ExtendedKeyManager keyManager(List<X509Certificate> chain, PrivateKey key) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(OWN, key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
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
