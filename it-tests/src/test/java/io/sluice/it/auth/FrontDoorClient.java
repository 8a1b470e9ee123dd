package io.sluice.it.auth;

import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client that trusts one authority.
 *
 * @param http with connections of its own
 * @param http2 the same for gRPC
 */
record FrontDoorClient(HttpClient http, HttpClientOptions http2) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    static FrontDoorClient of(TestCa ca) {
        return of(ca, null);
    }

    /** @param identity what it shows when it is asked */
    static FrontDoorClient of(TestCa ca, @Nullable Identity identity) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca.certificate())));
        if (identity != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(identity.certificates()))
                    .addKeyValue(Buffer.buffer(identity.key())));
        }
        HttpClient http = HttpClient.newBuilder()
                .sslContext(context(ca, identity))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return new FrontDoorClient(http, options);
    }

    private static SSLContext context(TestCa ca, @Nullable Identity identity) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", certificate(ca.certificate()));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = empty();
            if (identity != null) {
                own.setKeyEntry("own", identity.privateKey(), PASSWORD, new Certificate[] {identity.certificate()});
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
