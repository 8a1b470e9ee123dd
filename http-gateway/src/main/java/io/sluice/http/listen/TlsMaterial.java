package io.sluice.http.listen;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS material that fits together.
 *
 * @param certificate PEM
 * @param key PEM, not encrypted
 * @param clientCa PEM, null to ask no client for a certificate
 * @param end when the certificate expires
 */
record TlsMaterial(Buffer certificate, Buffer key, @Nullable Buffer clientCa, boolean clientRequired, Instant end) {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");
    private static final byte[] PROBE = new byte[32];

    /** Reads the files; blocks. */
    static TlsMaterial load(TlsSettings settings) throws InvalidTlsException {
        var certificatePem = PemFiles.read(settings.certificate());
        var chain = PemFiles.certificates(settings.certificate(), certificatePem);
        var keyPem = PemFiles.key(settings.key(), PemFiles.read(settings.key()), settings);
        var material = new TlsMaterial(
                buffer(certificatePem),
                buffer(keyPem),
                clientCa(settings),
                settings.clientRequired(),
                chain.get(0).getNotAfter().toInstant());
        if (!material.fits(chain.get(0), settings)) {
            throw new InvalidTlsException(settings.key(), "is not the key of " + settings.certificate());
        }
        return material;
    }

    /** For a listener of HTTP/1.1 and HTTP/2. */
    ServerSSLOptions options() {
        var options = new ServerSSLOptions()
                .setKeyCertOptions(pair())
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS);
        return clientCa == null
                ? options
                : options.setClientAuth(clientRequired ? ClientAuth.REQUIRED : ClientAuth.REQUEST)
                        .setTrustOptions(new PemTrustOptions().addCertValue(clientCa));
    }

    @Override
    public String toString() {
        return "TlsMaterial until " + end;
    }

    private PemKeyCertOptions pair() {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    private static @Nullable Buffer clientCa(TlsSettings settings) throws InvalidTlsException {
        if (settings.clientCa() == null) {
            return null;
        }
        var pem = PemFiles.read(settings.clientCa());
        PemFiles.certificates(settings.clientCa(), pem);
        return buffer(pem);
    }

    /** Whether what the key signs, the certificate's own key verifies. */
    private boolean fits(X509Certificate first, TlsSettings settings) throws InvalidTlsException {
        try {
            PrivateKey privateKey = privateKey(first.getPublicKey().getAlgorithm());
            if (privateKey == null) {
                return false;
            }
            var signature = Signature.getInstance(
                    "SHA256with" + (privateKey.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
            signature.initSign(privateKey);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(first.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (IllegalArgumentException | InvalidKeyException | SignatureException ofAnotherKind) {
            return false;
        } catch (Exception e) {
            // What Vert.x throws at a key that it cannot read is not declared.
            throw new InvalidTlsException(settings.key(), "holds a private key that cannot be read");
        }
    }

    /** As the listener will find it. */
    private @Nullable PrivateKey privateKey(String algorithm) throws Exception {
        // Vert.x needs itself only to read paths, and there are none.
        for (KeyManager manager : pair().getKeyManagerFactory(null).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                String[] aliases = keys.getServerAliases(algorithm, null);
                return aliases == null || aliases.length == 0 ? null : keys.getPrivateKey(aliases[0]);
            }
        }
        return null;
    }

    private static Buffer buffer(String pem) {
        return Buffer.buffer(pem.getBytes(StandardCharsets.ISO_8859_1));
    }
}
