package io.sluice.auth.kafka;

import java.util.HashMap;
import java.util.Map;

/** Another login, over the transport security that clients with equal settings already have. */
record SharedTls(KafkaSecurity login, TlsInUse inUse) implements KafkaSecurity {
    @Override
    public Map<String, Object> clientProperties() {
        var properties = new HashMap<>(login.clientProperties());
        if (properties.get(FreshSslEngineFactory.TLS) instanceof ClientTls fresh) {
            ClientTls shared = inUse.like(fresh);
            // Now rather than with the first connection, whose failure the client would keep to itself.
            shared.context();
            properties.put(FreshSslEngineFactory.TLS, shared);
        }
        return Map.copyOf(properties);
    }

    @Override
    public void refused() {
        login.refused();
    }
}
