package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** Transport security as properties of a Kafka client, in Kafka's PEM form: no key store files, no store passwords. */
final class TlsProperties {
    private static final String PEM = "PEM";
    private static final String PEM_MARKER = "-----BEGIN ";

    private TlsProperties() {}

    static Map<String, Object> of(Tls tls) {
        var properties = new HashMap<String, Object>();
        if (tls.caCert() != null) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(pem(tls.caCert())));
        }
        if (tls.clientCert() != null && tls.clientKey() != null) {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(pem(tls.clientCert())));
            properties.put(
                    SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                    new Password(pem(tls.clientKey().reveal())));
        }
        if (tls.clientKeyPassword() != null) {
            properties.put(
                    SslConfigs.SSL_KEY_PASSWORD_CONFIG,
                    new Password(tls.clientKeyPassword().reveal()));
        }
        if (tls.skipVerify()) {
            properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, UnverifiedSslEngineFactory.class);
            properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
        return properties;
    }

    /** The PEM text itself, or the content of the file that it names. */
    private static String pem(String textOrPath) {
        if (textOrPath.contains(PEM_MARKER)) {
            return textOrPath;
        }
        try {
            return Files.readString(Path.of(textOrPath.trim()));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the certificate file " + textOrPath.trim(), e);
        }
    }
}
