package io.sluice.auth.kafka;

import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Starts each connection of a Kafka client with the certificates as they are then. Made by the client, which hands over
 * its properties: {@link #TLS} is among them.
 *
 * <p>Kafka's own way of new certificates, {@link #shouldBeRebuilt}, is for brokers: nothing asks it in a client.
 */
public final class FreshSslEngineFactory implements SslEngineFactory {
    /** Property of a client: its {@link ClientTls}. */
    static final String TLS = "sluice.tls";

    private @Nullable ClientTls tls;
    private String[] protocols = {"TLSv1.3", "TLSv1.2"};

    @Override
    public void configure(Map<String, ?> configs) {
        tls = (ClientTls) configs.get(TLS);
        if (configs.get(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG) instanceof List<?> names) {
            protocols = names.stream().map(String::valueOf).toArray(String[]::new);
        }
    }

    /** Called on the client's network thread. */
    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        if (tls == null) {
            throw new IllegalStateException("not configured");
        }
        SSLEngine engine = tls.context().createSSLEngine(peerHost, peerPort);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(protocols);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(endpointIdentification);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        throw new UnsupportedOperationException("for clients");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public @Nullable KeyStore keystore() {
        return null;
    }

    @Override
    public @Nullable KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {}
}
