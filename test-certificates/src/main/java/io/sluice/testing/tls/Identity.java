package io.sluice.testing.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A certificate and its private key. */
public final class Identity {
    private final X509Certificate certificate;
    private final List<Identity> intermediates;
    private final PrivateKey privateKey;

    Identity(X509Certificate certificate, List<Identity> intermediates, PrivateKey privateKey) {
        this.certificate = certificate;
        this.intermediates = intermediates;
        this.privateKey = privateKey;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The certificate, and those between it and the root, as one PEM text. */
    public String certificates() {
        return Stream.concat(Stream.of(this), intermediates.stream())
                .map(each -> Pem.of(each.certificate))
                .collect(Collectors.joining());
    }

    /** {@code BEGIN PRIVATE KEY}: PKCS #8, as {@code openssl genpkey} writes it. */
    public String key() {
        return Pem.pkcs8(privateKey);
    }

    /** {@code BEGIN ENCRYPTED PRIVATE KEY}: PKCS #8 with PBES2 and AES-256, as {@code openssl pkcs8 -topk8} writes it. */
    public String encryptedKey(String password) {
        return Pem.encryptedPkcs8(privateKey, password);
    }

    /** {@code BEGIN RSA PRIVATE KEY} (PKCS #1) or {@code BEGIN EC PRIVATE KEY} (SEC 1). */
    public String traditionalKey() {
        return Pem.traditional(privateKey);
    }

    /** As {@link #traditionalKey}, encrypted as OpenSSL did before PKCS #8: {@code Proc-Type: 4,ENCRYPTED}. */
    public String encryptedTraditionalKey(String password) {
        return Pem.encryptedTraditional(privateKey, password);
    }
}
