package io.sluice.auth.kafka;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** {@code skipVerify: true}: encrypted, and the broker may be anyone. Instantiated by the Kafka client. */
public final class UnverifiedSslEngineFactory extends DefaultSslEngineFactory {
    private @Nullable SSLContext context;

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        try {
            var unverified = SSLContext.getInstance("TLS");
            unverified.init(keyManagers(configs), new TrustManager[] {new TrustEveryone()}, null);
            context = unverified;
        } catch (GeneralSecurityException e) {
            throw new KafkaException("cannot set up TLS without verification", e);
        }
    }

    private KeyManager @Nullable [] keyManagers(Map<String, ?> configs) throws GeneralSecurityException {
        if (keystore() == null) {
            return null;
        }
        var password = (Password) configs.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keystore(), password == null ? null : password.value().toCharArray());
        return managers.getKeyManagers();
    }

    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        if (context == null) {
            throw new IllegalStateException("not configured");
        }
        var engine = context.createSSLEngine(peerHost, peerPort);
        engine.setUseClientMode(true);
        return engine;
    }

    /** Extended, so that the JDK adds no host name check of its own. */
    private static final class TrustEveryone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
