package io.sluice.testing.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class TestCaTest {
    private final TestCa ca = TestCa.create();

    @Test
    void aCertificateIsSignedByItsAuthorityAndNoOther() throws Exception {
        Identity server = ca.server();

        server.certificate().verify(parse(ca.certificate()).iterator().next().getPublicKey());
        assertThatThrownBy(() -> server.certificate()
                        .verify(parse(TestCa.create().certificate())
                                .iterator()
                                .next()
                                .getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void aCertificateOfAnIntermediateCarriesItsChain() throws Exception {
        assertThat(parse(ca.intermediate().server().certificates())).hasSize(2);
    }

    @Test
    void aServerIsCalledLikeThisMachine() throws Exception {
        assertThat(ca.server().certificate().getSubjectAlternativeNames())
                .<Object>extracting(name -> name.get(1))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void validityIsAsAskedFor() {
        assertThatCode(() -> ca.server().certificate().checkValidity()).doesNotThrowAnyException();
        assertThatThrownBy(() -> ca.issue("late").expired().sign().certificate().checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() ->
                        ca.issue("early").notYetValid().sign().certificate().checkValidity())
                .isInstanceOf(CertificateNotYetValidException.class);
    }

    @Test
    void theKeyFitsTheCertificate() throws Exception {
        Identity client = ca.issue("client").rsa().sign();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(client.privateKey());
        signature.update((byte) 1);
        byte[] signed = signature.sign();

        signature.initVerify(client.certificate());
        signature.update((byte) 1);

        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void keysComeInAllTheFormsThatFilesHave() {
        Identity ec = ca.client("ec");
        Identity rsa = ca.issue("rsa").rsa().sign();

        assertThat(ec.key()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(ec.encryptedKey("x")).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(ec.traditionalKey()).startsWith("-----BEGIN EC PRIVATE KEY-----");
        assertThat(rsa.traditionalKey()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(rsa.encryptedTraditionalKey("x")).contains("Proc-Type: 4,ENCRYPTED");
    }

    private static Collection<? extends Certificate> parse(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }
}
