package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings.Tls;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.SslConfigs;

/** Transport security as properties of a Kafka client. */
final class TlsProperties {
    private TlsProperties() {}

    /** Reads no certificate yet. */
    static Map<String, Object> of(Tls tls) {
        var properties = new HashMap<String, Object>();
        properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, FreshSslEngineFactory.class);
        properties.put(FreshSslEngineFactory.TLS, new ClientTls(tls));
        if (tls.skipVerify()) {
            properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
        return properties;
    }
}
