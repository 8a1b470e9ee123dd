package io.sluice.auth.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads certificates. */
public final class Certificates {
    private Certificates() {}

    /**
     * The certificates of {@code source} as they are now, at least one. Blocks while a file is read.
     *
     * @throws PemException when there is none, or one that cannot be read
     */
    public static List<X509Certificate> read(PemSource source) {
        return parse(source.read());
    }

    static List<X509Certificate> parse(PemText pem) {
        List<X509Certificate> certificates = PemBlock.of(pem).stream()
                .filter(block -> block.label().equals("CERTIFICATE"))
                .map(block -> certificate(pem, block.der(pem)))
                .toList();
        if (certificates.isEmpty()) {
            throw new PemException(pem.source(), "holds no certificate");
        }
        return certificates;
    }

    /** From {@code own} towards the root, as far as {@code given} leads; Java insists on that order, other programs do not. */
    static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> given) {
        var chain = new ArrayList<X509Certificate>();
        Optional<X509Certificate> next = Optional.of(own);
        while (next.isPresent() && !chain.contains(next.get())) {
            X509Certificate last = next.get();
            chain.add(last);
            next = given.stream().filter(candidate -> signed(candidate, last)).findFirst();
        }
        return chain;
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            // A name alone says little: an authority with a new key keeps it.
            return false;
        }
    }

    private static X509Certificate certificate(PemText pem, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new PemException(pem.source(), "is damaged: a certificate in it cannot be read");
        }
    }
}
