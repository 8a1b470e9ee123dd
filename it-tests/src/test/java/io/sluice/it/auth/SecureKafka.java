package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.dev.kafka.Ports;
import io.sluice.it.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka of a test class's own, with doors that ask for TLS or a log-in beside its plain one. */
public final class SecureKafka implements AutoCloseable {
    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER, "1");
    private static final String PLAIN = "PLAINTEXT";
    private static final int LIMIT_SECONDS = 30;

    private final Path folder = newFolder();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, String> serverProperties;
    private EmbeddedKafka kafka;
    private final TestKafka plain;

    private SecureKafka(Map<String, String> serverProperties, List<Door> doors) {
        Iterator<Integer> free = Ports.free(doors.size() + 1).iterator();
        ports.put(PLAIN, free.next());
        doors.forEach(door -> ports.put(door.name(), free.next()));
        this.serverProperties = serverProperties;
        this.kafka = open(doors);
        this.plain = TestKafka.of(kafka.bootstrapServers(), () -> kafka.close());
    }

    public static SecureKafka start(Door... doors) {
        return start(Map.of(), doors);
    }

    /** @param serverProperties Kafka's own server properties, for all doors */
    public static SecureKafka start(Map<String, String> serverProperties, Door... doors) {
        return new SecureKafka(serverProperties, List.of(doors));
    }

    private EmbeddedKafka open(List<Door> doors) {
        Map<String, String> properties = new HashMap<>(serverProperties);
        doors.forEach(door -> properties.putAll(door.prefixed()));
        return EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                .withPort(ports.get(PLAIN))
                .withListeners(doors.stream()
                        .map(door -> new Listener(door.name(), door.protocol(), ports.get(door.name())))
                        .toList())
                .withServerProperties(properties));
    }

    /** The same Kafka through its plain door, for topics and for what is in them. */
    public TestKafka plain() {
        return plain;
    }

    /** {@code host:port} of a door. */
    public String at(String door) {
        return "127.0.0.1:" + ports.get(door);
    }

    /** Puts a record into partition 0 of a topic, through the plain door. */
    public void produce(String topic, String value) {
        produce(plain.bootstrapServers(), topic, value);
    }

    static void produce(String bootstrapServers, String topic, String value) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), bytes, bytes)) {
            producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
        }
    }

    /** Gives a user the same password for both kinds of SCRAM. */
    public void addScramUser(String user, String password) {
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            var credential = new UserScramCredentialUpsertion(user, new ScramCredentialInfo(mechanism, 4096), password);
            await(plain.admin().alterUserScramCredentials(List.of(credential)).all());
        }
    }

    /** Stops the broker, which ends all connections, and starts it with doors of the same names that may have changed. */
    public void restart(Door... doors) {
        kafka.close();
        kafka = open(List.of(doors));
    }

    /** Makes a door, which keeps its name and port, like {@code changed} for connections from now on. */
    public void change(Door changed) {
        List<AlterConfigOp> changes = changed.prefixed().entrySet().stream()
                .map(property -> new AlterConfigOp(
                        new ConfigEntry(property.getKey(), property.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        await(plain.admin().incrementalAlterConfigs(Map.of(BROKER, changes)).all());
    }

    @Override
    public void close() {
        plain.close();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka did not do what the test needs", e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "secure-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
