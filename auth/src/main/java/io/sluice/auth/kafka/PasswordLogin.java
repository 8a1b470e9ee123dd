package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings;
import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** A user name and a password. */
record PasswordLogin(AuthSettings.Password auth) implements KafkaSecurity {
    @Override
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = Transport.sasl(auth.tls());
        switch (auth.mechanism()) {
            case PLAIN -> add(properties, "PLAIN", PlainLoginModule.class);
            case SCRAM_SHA_256 -> add(properties, "SCRAM-SHA-256", ScramLoginModule.class);
            case SCRAM_SHA_512 -> add(properties, "SCRAM-SHA-512", ScramLoginModule.class);
        }
        return Map.copyOf(properties);
    }

    private void add(Map<String, Object> properties, String mechanism, Class<?> loginModule) {
        var options =
                Map.of("username", auth.username(), "password", auth.password().reveal());
        properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
        // Kafka's own type of a secret: masked wherever the properties are printed.
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(Jaas.entry(loginModule, options)));
    }
}
