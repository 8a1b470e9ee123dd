package io.sluice.it.auth;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.it.gateway.Component;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/**
 * A broker that lets in whoever has a token of an {@link OidcServer} and names its tenant, with and without TLS. It counts
 * over the whole JVM, so there is one at a time.
 */
public final class OidcKafka implements AutoCloseable {
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String PLAIN = "OAUTH";
    private static final String SECURE = "OAUTHTLS";

    private final OidcServer server;
    private final TestCa ca;
    private final int plainPort;
    private final int securePort;
    private final EmbeddedKafka kafka;

    private OidcKafka(OidcServer server, TestCa ca, int plainPort, int securePort, EmbeddedKafka kafka) {
        this.server = server;
        this.ca = ca;
        this.plainPort = plainPort;
        this.securePort = securePort;
        this.kafka = kafka;
    }

    /** @param reauthenticate after what time a connection must log in again, at the latest */
    public static OidcKafka start(OidcServer server, Duration reauthenticate, Map<String, Integer> topics) {
        System.setProperty(ALLOWED_URLS, server.keysEndpoint());
        Path folder = newFolder();
        TestCa ca = TestCa.create();
        Identity broker = ca.server();
        int plainPort = OidcServer.freePort();
        int securePort = OidcServer.freePort();
        Map<String, String> properties = new HashMap<>(Map.of(
                "sasl.oauthbearer.jwks.endpoint.url",
                server.keysEndpoint(),
                "sasl.oauthbearer.expected.audience",
                TokenMint.AUDIENCE,
                "sasl.oauthbearer.expected.issuer",
                server.tokenEndpoint(),
                "connections.max.reauth.ms",
                String.valueOf(reauthenticate.toMillis()),
                "listener.name.oauthtls.ssl.keystore.type",
                "PEM",
                "listener.name.oauthtls.ssl.keystore.certificate.chain",
                broker.certificates(),
                "listener.name.oauthtls.ssl.keystore.key",
                broker.key()));
        properties.putAll(listener(PLAIN));
        properties.putAll(listener(SECURE));
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                .withListeners(List.of(
                        new Listener(PLAIN, "SASL_PLAINTEXT", plainPort), new Listener(SECURE, "SASL_SSL", securePort)))
                .withTopics(topics)
                .withServerProperties(properties));
        return new OidcKafka(server, ca, plainPort, securePort, kafka);
    }

    /** Of the door that asks nothing. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** What clients without TLS reach. */
    String address() {
        return "127.0.0.1:" + plainPort;
    }

    /** A binding of one topic, in both directions, that logs in with a secret and without TLS. */
    public Component binding(String name, String client, String secret) {
        return common(Component.at(address(), name), name, client)
                .with("disableTls", "true")
                .with("authType", "oidc")
                .with("oidcClientSecret", secret);
    }

    /** As {@link #binding}, but that it signs who it is. */
    Component signing(String name, String client, String keyPem) {
        return common(Component.at(address(), name), name, client)
                .with("disableTls", "true")
                .with("authType", "oidc_private_key_jwt")
                .with("oidcClientAssertionCert", ca.client(client).certificates())
                .with("oidcClientAssertionKey", keyPem);
    }

    /** The binding with TLS. */
    Component secure(Component binding) {
        return binding.without("disableTls")
                .with("brokers", "127.0.0.1:" + securePort)
                .with("caCert", ca.certificate());
    }

    /** What the broker has counted at both doors, such as {@code successful-reauthentication-total}. */
    double count(String metric) {
        try {
            var beans = ManagementFactory.getPlatformMBeanServer();
            double sum = 0;
            for (String door : List.of(PLAIN, SECURE)) {
                var name = new ObjectName(
                        "kafka.server:type=socket-server-metrics,listener=" + door + ",networkProcessor=*");
                for (ObjectName bean : beans.queryNames(name, null)) {
                    sum += ((Number) beans.getAttribute(bean, metric)).doubleValue();
                }
            }
            return sum;
        } catch (JMException e) {
            throw new IllegalStateException(metric, e);
        }
    }

    @Override
    public void close() {
        kafka.close();
        System.clearProperty(ALLOWED_URLS);
    }

    private Component common(Component component, String topic, String client) {
        return component
                .with("topics", topic)
                .with("publishTopic", topic)
                .with("consumerGroup", topic)
                .with("initialOffset", "oldest")
                .with("direction", "input, output")
                .with("oidcTokenEndpoint", server.tokenEndpoint())
                .with("oidcClientID", client)
                .with("oidcScopes", "kafka")
                .with("oidcExtensions", "{\"tenant\":\"" + TenantValidator.TENANT + "\"}");
    }

    private static Map<String, String> listener(String name) {
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
        return Map.of(
                prefix + "sasl.enabled.mechanisms",
                "OAUTHBEARER",
                prefix + "oauthbearer.sasl.jaas.config",
                OAuthBearerLoginModule.class.getName() + " required;",
                prefix + "oauthbearer.sasl.server.callback.handler.class",
                TenantValidator.class.getName());
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "oidc-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
