package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings.Tls;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.SslConfigs;

/** Transport security as properties of a Kafka client. */
final class TlsProperties {
    private TlsProperties() {}

    /** @throws io.sluice.auth.tls.PemException when certificates or key cannot be used */
    static Map<String, Object> of(Tls tls) {
        ClientTls connections = ClientTls.of(tls);
        // Now rather than with the first connection, whose failure the client would keep to itself.
        connections.context();
        var properties = new HashMap<String, Object>();
        properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, FreshSslEngineFactory.class);
        properties.put(FreshSslEngineFactory.TLS, connections);
        if (tls.skipVerify()) {
            properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
        return properties;
    }
}
