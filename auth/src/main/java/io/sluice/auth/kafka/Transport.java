package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings.Tls;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** What every kind of login says of the connections: how they start, and their transport security. */
final class Transport {
    private Transport() {}

    /** The properties of a client that logs in over SASL, for the caller to add that login to. */
    static Map<String, Object> sasl(Tls tls) {
        return properties(tls, tls.enabled() ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT);
    }

    /** The properties of a client without SASL, or the transport's part of one with it. */
    static Map<String, Object> properties(Tls tls, SecurityProtocol protocol) {
        var properties = new HashMap<String, Object>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        if (tls.enabled()) {
            properties.putAll(TlsProperties.of(tls));
        }
        return properties;
    }
}
