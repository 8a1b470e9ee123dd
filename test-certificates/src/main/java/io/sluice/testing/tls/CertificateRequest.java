package io.sluice.testing.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate that is asked for. Unless told otherwise: an EC key, no host, valid from yesterday until tomorrow. */
public final class CertificateRequest {
    private static final Duration DAY = Duration.ofDays(1);

    private final X500Principal subject;
    private final List<GeneralName> hosts = new ArrayList<>();
    private @Nullable Identity issuer;
    private List<Identity> intermediates = List.of();
    private KeyKind kind = KeyKind.EC;
    private boolean authority;
    private Instant from = Instant.now().minus(DAY);
    private Instant until = Instant.now().plus(DAY);

    CertificateRequest(String commonName) {
        this.subject = new X500Principal("CN=" + commonName);
    }

    /** The names and addresses that a server with it may be reached at. */
    public CertificateRequest forHosts(String... names) {
        Stream.of(names)
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .forEach(hosts::add);
        return this;
    }

    /** With an RSA key of 2048 bits; slower to make. */
    public CertificateRequest rsa() {
        kind = KeyKind.RSA;
        return this;
    }

    /** Valid until yesterday. */
    public CertificateRequest expired() {
        return valid(from.minus(DAY), from);
    }

    /** Valid from tomorrow on. */
    public CertificateRequest notYetValid() {
        return valid(until, until.plus(DAY));
    }

    public CertificateRequest valid(Instant from, Instant until) {
        this.from = from;
        this.until = until;
        return this;
    }

    /** For one that signs others. */
    CertificateRequest authority() {
        authority = true;
        return this;
    }

    /** Without, the certificate signs itself. */
    CertificateRequest by(Identity issuer, List<Identity> intermediates) {
        this.issuer = issuer;
        this.intermediates = intermediates;
        return this;
    }

    /** Makes the key and the certificate. */
    public Identity sign() {
        KeyPair keys = kind.generate();
        try {
            return new Identity(certificate(keys), intermediates, keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("no certificate for the test", e);
        }
    }

    private X509Certificate certificate(KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        X500Principal by = issuer == null ? subject : issuer.certificate().getSubjectX500Principal();
        PrivateKey signingKey = issuer == null ? keys.getPrivate() : issuer.privateKey();
        BigInteger serial = new BigInteger(64, new SecureRandom()).add(BigInteger.ONE);
        X509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                by, serial, Date.from(from), Date.from(until), subject, keys.getPublic());
        certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!hosts.isEmpty()) {
            certificate.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(hosts.toArray(GeneralName[]::new)));
        }
        var signer = new JcaContentSignerBuilder(KeyKind.signature(signingKey)).build(signingKey);
        return new JcaX509CertificateConverter().getCertificate(certificate.build(signer));
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }
}
