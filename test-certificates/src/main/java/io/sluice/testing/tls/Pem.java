package io.sluice.testing.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/** Certificates and keys as PEM texts. */
final class Pem {
    // Handed over where it is needed, never registered: the code under test runs without it, as it is shipped.
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private Pem() {}

    static String of(X509Certificate certificate) {
        return text(() -> new JcaMiscPEMGenerator(certificate));
    }

    static String pkcs8(PrivateKey key) {
        return text(() -> new JcaPKCS8Generator(key, null));
    }

    static String encryptedPkcs8(PrivateKey key, String password) {
        return text(() -> {
            OutputEncryptor encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(BOUNCY_CASTLE)
                    .setPRF(PKCS8Generator.PRF_HMACSHA256)
                    .setPassword(password.toCharArray())
                    .build();
            return new JcaPKCS8Generator(key, encryptor);
        });
    }

    static String traditional(PrivateKey key) {
        return text(() -> key instanceof ECPrivateKey ec ? sec1(ec) : new JcaMiscPEMGenerator(key));
    }

    /** With its curve, as OpenSSL and Go write it and the library does not. */
    private static PemObjectGenerator sec1(ECPrivateKey key) throws IOException {
        var curve = PrivateKeyInfo.getInstance(key.getEncoded())
                .getPrivateKeyAlgorithm()
                .getParameters();
        int bits = key.getParams().getOrder().bitLength();
        var structure = new org.bouncycastle.asn1.sec.ECPrivateKey(bits, key.getS(), curve);
        return new PemObject("EC PRIVATE KEY", structure.getEncoded());
    }

    static String encryptedTraditional(PrivateKey key, String password) {
        return text(() -> new JcaMiscPEMGenerator(
                key,
                new JcePEMEncryptorBuilder("AES-256-CBC")
                        .setProvider(BOUNCY_CASTLE)
                        .build(password.toCharArray())));
    }

    private static String text(Content content) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content.generate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("no PEM for the test", e);
        }
        return text.toString();
    }

    /** What a PEM is made from. */
    private interface Content {
        PemObjectGenerator generate() throws IOException, OperatorCreationException;
    }
}
