package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.Certificate;
import io.sluice.core.binding.AuthSettings.MutualTls;
import io.sluice.core.binding.AuthSettings.None;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.AuthSettings.Password;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** The one place where credentials become properties of a Kafka client; verticles only pass them on. */
public final class KafkaSecurity {
    private KafkaSecurity() {}

    /**
     * The security properties of a client that logs in as {@code auth} says. Reads certificate files, so it may block.
     *
     * @throws IllegalArgumentException when a certificate file cannot be read, or for a type that this version has no
     *     log-in for (component files with one are refused at load)
     */
    public static Map<String, Object> clientProperties(AuthSettings auth) {
        var properties = new HashMap<String, Object>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(auth).name);
        if (auth instanceof Password password) {
            properties.putAll(sasl(password));
        } else if (!hasNoSasl(auth)) {
            throw new IllegalArgumentException(
                    "no log-in for " + auth.getClass().getSimpleName());
        }
        if (auth.tls().enabled()) {
            properties.putAll(TlsProperties.of(auth.tls()));
        }
        return Map.copyOf(properties);
    }

    private static SecurityProtocol protocol(AuthSettings auth) {
        boolean encrypted = auth.tls().enabled();
        if (hasNoSasl(auth)) {
            return encrypted ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
        }
        return encrypted ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
    }

    private static boolean hasNoSasl(AuthSettings auth) {
        return auth instanceof None || auth instanceof MutualTls || auth instanceof Certificate;
    }

    private static Map<String, Object> sasl(Password password) {
        return switch (password.mechanism()) {
            case PLAIN -> sasl("PLAIN", PlainLoginModule.class, password);
            case SCRAM_SHA_256 -> sasl("SCRAM-SHA-256", ScramLoginModule.class, password);
            case SCRAM_SHA_512 -> sasl("SCRAM-SHA-512", ScramLoginModule.class, password);
        };
    }

    private static Map<String, Object> sasl(String mechanism, Class<?> loginModule, Password password) {
        return Map.of(
                SaslConfigs.SASL_MECHANISM,
                mechanism,
                SaslConfigs.SASL_JAAS_CONFIG,
                // Kafka's own type of a secret: masked wherever the properties are printed.
                new org.apache.kafka.common.config.types.Password(Jaas.entry(
                        loginModule,
                        Map.of(
                                "username", password.username(),
                                "password", password.password().reveal()))));
    }

    /** Whether this version can log in as {@code auth} says. */
    public static boolean supports(AuthSettings auth) {
        return !(auth instanceof Oidc || auth instanceof OidcPrivateKeyJwt || auth instanceof AwsIam);
    }
}
