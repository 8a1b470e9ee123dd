package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Certificate;
import io.sluice.core.binding.AuthSettings.MutualTls;
import io.sluice.core.binding.AuthSettings.None;
import io.sluice.core.binding.AuthSettings.Tls;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** What every kind of login says of the connections: how they start, and their transport security. */
public final class Transport {
    private Transport() {}

    /** What a client with the login {@code auth} speaks. */
    public static SecurityProtocol protocol(AuthSettings auth) {
        boolean anonymous = auth instanceof None || auth instanceof MutualTls || auth instanceof Certificate;
        return anonymous ? withoutSasl(auth.tls()) : withSasl(auth.tls());
    }

    /** The properties of a client that logs in over SASL, for the caller to add that login to. */
    static Map<String, Object> sasl(Tls tls) {
        return properties(tls, withSasl(tls));
    }

    /** The properties of a client that does not. */
    static Map<String, Object> noSasl(Tls tls) {
        return properties(tls, withoutSasl(tls));
    }

    private static SecurityProtocol withSasl(Tls tls) {
        return tls.enabled() ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
    }

    private static SecurityProtocol withoutSasl(Tls tls) {
        return tls.enabled() ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
    }

    private static Map<String, Object> properties(Tls tls, SecurityProtocol protocol) {
        var properties = new HashMap<String, Object>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        if (tls.enabled()) {
            properties.putAll(TlsProperties.of(tls));
        }
        return properties;
    }
}
