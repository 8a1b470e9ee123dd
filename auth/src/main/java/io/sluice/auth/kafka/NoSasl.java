package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings.Tls;
import java.util.Map;

/** Nothing is said about who we are, unless transport security has a certificate of ours. */
record NoSasl(Tls tls) implements KafkaSecurity {
    @Override
    public Map<String, Object> clientProperties() {
        return Transport.noSasl(tls);
    }
}
