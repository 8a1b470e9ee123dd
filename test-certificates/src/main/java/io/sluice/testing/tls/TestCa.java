package io.sluice.testing.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate authority that exists as long as the test. Two of them never trust each other. */
public final class TestCa {
    private final Identity identity;
    private final List<Identity> intermediates;

    private TestCa(Identity identity, List<Identity> intermediates) {
        this.identity = identity;
        this.intermediates = intermediates;
    }

    /** A new root. */
    public static TestCa create() {
        return new TestCa(new CertificateRequest("Test CA").authority().sign(), List.of());
    }

    /** A new authority that this one vouches for. What it signs carries its certificate along. */
    public TestCa intermediate() {
        Identity signed = issue("Intermediate CA").authority().sign();
        return new TestCa(signed, List.of(signed));
    }

    /** What a peer has to trust: a PEM text. */
    public String certificate() {
        return Pem.of(root());
    }

    /** The same as an object. */
    public X509Certificate root() {
        return identity.certificate();
    }

    /** A server on this machine: {@code localhost}, {@code 127.0.0.1} and {@code ::1}. */
    public Identity server() {
        return issue("server").forHosts("localhost", "127.0.0.1", "::1").sign();
    }

    /** A client; {@code name} is its common name. */
    public Identity client(String name) {
        return issue(name).sign();
    }

    /** Any other certificate, described step by step. */
    public CertificateRequest issue(String commonName) {
        return new CertificateRequest(commonName).by(identity, intermediates);
    }
}
