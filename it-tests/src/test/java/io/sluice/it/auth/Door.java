package io.sluice.it.auth;

import io.sluice.testing.tls.Identity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A listener of a {@link SecureKafka}.
 *
 * @param name in capitals
 * @param protocol Kafka's name of the security protocol
 * @param properties Kafka's own server properties of it, without the listener's prefix
 */
public record Door(String name, String protocol, Map<String, String> properties) {
    private static final String MODULES = "org.apache.kafka.common.security.";

    /** TLS; clients stay anonymous. */
    public static Door tls(String name, Identity server) {
        return new Door(name, "SSL", Map.of()).showing(server);
    }

    /** TLS for clients with a certificate of that authority. */
    public static Door mutualTls(String name, Identity server, String clientCa) {
        return tls(name, server).trusting(clientCa).with("ssl.client.auth", "required");
    }

    /** Any log-in, encrypted; the mechanisms are to be named. */
    public static Door saslTls(String name, Identity server) {
        return new Door(name, "SASL_SSL", Map.of()).showing(server);
    }

    /** Any log-in in clear text; the mechanisms are to be named. */
    public static Door sasl(String name) {
        return new Door(name, "SASL_PLAINTEXT", Map.of());
    }

    /** For users with these names and passwords, by PLAIN, and for whoever has a SCRAM credential. */
    public Door forPasswords(Map<String, String> users) {
        var plain = new StringBuilder(MODULES).append("plain.PlainLoginModule required");
        users.forEach((user, password) -> plain.append(" user_")
                .append(user)
                .append("=\"")
                .append(password.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"'));
        String scram = MODULES + "scram.ScramLoginModule required;";
        return with("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")
                .with("plain.sasl.jaas.config", plain.append(';').toString())
                .with("scram-sha-256.sasl.jaas.config", scram)
                .with("scram-sha-512.sasl.jaas.config", scram);
    }

    /** With another certificate of its own. */
    public Door showing(Identity server) {
        return with("ssl.keystore.type", "PEM")
                .with("ssl.keystore.certificate.chain", server.certificates())
                .with("ssl.keystore.key", server.key());
    }

    /** With other authorities of clients. */
    public Door trusting(String clientCa) {
        return with("ssl.truststore.type", "PEM").with("ssl.truststore.certificates", clientCa);
    }

    public Door with(String property, String value) {
        var more = new HashMap<>(properties);
        more.put(property, value);
        return new Door(name, protocol, more);
    }

    /** The properties as the server knows them. */
    Map<String, String> prefixed() {
        var prefixed = new HashMap<String, String>();
        properties.forEach((property, value) ->
                prefixed.put("listener.name." + name.toLowerCase(Locale.ROOT) + "." + property, value));
        return prefixed;
    }
}
