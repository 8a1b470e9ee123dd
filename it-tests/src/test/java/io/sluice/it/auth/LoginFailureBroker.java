package io.sluice.it.auth;

import static java.util.stream.Collectors.toMap;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.dev.kafka.Topics;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker with a listener for every way in which a login can be wrong, and for making it right. */
final class LoginFailureBroker implements AutoCloseable {
    /** Known to all SASL listeners; may do everything. */
    static final String USER = "user";

    static final String PASSWORD = "right";
    /** What {@link Door#OTHER_SASL} takes from the same user. */
    static final String OTHER_PASSWORD = "other";
    /** Known to {@link Door#SASL}, may do nothing. */
    static final String POWERLESS = "powerless";
    /** The name in a client certificate whose owner may do everything. */
    static final String CLIENT = "client";
    /** May do everything, as soon as it is known. */
    static final String NEWCOMER = "newcomer";

    private static final String LOGIN = "org.apache.kafka.common.security.";

    private final TestCa ca = TestCa.create();
    private final TestCa otherCa = TestCa.create();
    private final Map<Door, Integer> ports = new EnumMap<>(Door.class);
    private final EmbeddedKafka kafka;

    enum Door {
        PLAIN("PLAINTEXT"),
        SASL("SASL_PLAINTEXT"),
        OTHER_SASL("SASL_PLAINTEXT"),
        SASL_TLS("SASL_SSL"),
        TLS("SSL"),
        MUTUAL_TLS("SSL"),
        OTHER_CA("SSL"),
        OTHER_HOST("SSL"),
        EXPIRED("SSL"),
        NOT_YET_VALID("SSL");

        private final String protocol;

        Door(String protocol) {
            this.protocol = protocol;
        }

        private String property(String property) {
            return "listener.name." + name().toLowerCase(Locale.ROOT) + "." + property;
        }
    }

    LoginFailureBroker(Collection<String> topics) {
        for (Door door : Door.values()) {
            ports.put(door, freePort());
        }
        kafka = EmbeddedKafka.start(
                EmbeddedKafkaSettings.in(folder()).withListeners(listeners()).withServerProperties(serverProperties()));
        Topics.create(kafka.bootstrapServers(), topics.stream().collect(toMap(Function.identity(), topic -> 1)));
        addUser(USER, PASSWORD, ScramMechanism.SCRAM_SHA_512);
        addUser(USER, PASSWORD, ScramMechanism.SCRAM_SHA_256);
    }

    int port(Door door) {
        return ports.get(door);
    }

    String address(Door door) {
        return "127.0.0.1:" + port(door);
    }

    /** What signed the certificates of all doors but one. */
    TestCa ca() {
        return ca;
    }

    /** What signed the certificate of {@link Door#OTHER_CA}. */
    TestCa otherCa() {
        return otherCa;
    }

    void addUser(String user, String password, ScramMechanism mechanism) {
        admin(admin -> admin.alterUserScramCredentials(List.of(
                        new UserScramCredentialUpsertion(user, new ScramCredentialInfo(mechanism, 4096), password)))
                .all());
    }

    /** Lets {@link #POWERLESS} use that topic, with any group. */
    void empower(String topic) {
        admin(admin -> admin.createAcls(List.of(allow(ResourceType.TOPIC, topic), allow(ResourceType.GROUP, "*")))
                .all());
    }

    private static AclBinding allow(ResourceType type, String name) {
        var entry = new AccessControlEntry("User:" + POWERLESS, "*", AclOperation.ALL, AclPermissionType.ALLOW);
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), entry);
    }

    private void admin(Function<Admin, KafkaFuture<Void>> action) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            action.apply(admin).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the broker cannot be set up for the test", e);
        }
    }

    private List<Listener> listeners() {
        var listeners = new ArrayList<Listener>();
        ports.forEach((door, port) -> listeners.add(new Listener(door.name(), door.protocol, port)));
        return listeners;
    }

    private Map<String, String> serverProperties() {
        var properties = new HashMap<>(Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS;User:" + USER + ";User:" + NEWCOMER + ";User:CN=" + CLIENT));
        sasl(properties, Door.SASL, "PLAIN,SCRAM-SHA-512", PASSWORD);
        sasl(properties, Door.OTHER_SASL, "PLAIN,SCRAM-SHA-256", OTHER_PASSWORD);
        sasl(properties, Door.SASL_TLS, "PLAIN", PASSWORD);
        Identity server = ca.server();
        for (Door door : List.of(Door.SASL_TLS, Door.TLS, Door.MUTUAL_TLS)) {
            tls(properties, door, server);
        }
        properties.put(Door.MUTUAL_TLS.property("ssl.client.auth"), "required");
        tls(properties, Door.OTHER_CA, otherCa.server());
        tls(
                properties,
                Door.OTHER_HOST,
                ca.issue("server").forHosts("elsewhere.example").sign());
        tls(
                properties,
                Door.EXPIRED,
                ca.issue("server").forHosts("127.0.0.1").expired().sign());
        tls(
                properties,
                Door.NOT_YET_VALID,
                ca.issue("server").forHosts("127.0.0.1").notYetValid().sign());
        return properties;
    }

    private static void sasl(Map<String, String> properties, Door door, String mechanisms, String password) {
        properties.put(door.property("sasl.enabled.mechanisms"), mechanisms);
        properties.put(
                door.property("plain.sasl.jaas.config"),
                LOGIN + "plain.PlainLoginModule required user_" + USER + "=\"" + password + "\" user_" + POWERLESS
                        + "=\"" + password + "\";");
        for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
            properties.put(door.property(scram + ".sasl.jaas.config"), LOGIN + "scram.ScramLoginModule required;");
        }
    }

    private void tls(Map<String, String> properties, Door door, Identity server) {
        properties.put(door.property("ssl.keystore.type"), "PEM");
        properties.put(door.property("ssl.keystore.certificate.chain"), server.certificates());
        properties.put(door.property("ssl.keystore.key"), server.key());
        properties.put(door.property("ssl.truststore.type"), "PEM");
        properties.put(door.property("ssl.truststore.certificates"), ca.certificate());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "login-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
