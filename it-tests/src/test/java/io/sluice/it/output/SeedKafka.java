package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.it.kafka.Records;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka with TLS and SCRAM-SHA-512, whose certificate comes from a CA that this JVM trusts like those of its own as long as
 * it runs.
 */
final class SeedKafka implements AutoCloseable {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String STORE_PASSWORD = "changeit";
    private static final String DOOR = "listener.name.door.";

    private final EmbeddedKafka kafka;
    private final Producer<String, String> producer;
    private final int port;

    private SeedKafka(EmbeddedKafka kafka, int port) {
        StringSerializer text = new StringSerializer();
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), text, text);
        this.port = port;
    }

    static SeedKafka start(String user, String password, String... topics) {
        try {
            TestCa ca = TestCa.create();
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "seed-");
            trust(ca.certificate(), folder.resolve("roots.p12"));
            int port = freePort();
            Map<String, Integer> wanted = new TreeMap<>();
            Stream.of(topics).forEach(topic -> wanted.put(topic, 1));
            EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                    .withTopics(wanted)
                    .withListeners(List.of(new Listener("DOOR", "SASL_SSL", port)))
                    .withServerProperties(serverProperties(ca.server())));
            letIn(kafka, user, password);
            return new SeedKafka(kafka, port);
        } catch (Exception e) {
            trustAsBefore();
            throw new IllegalStateException("no Kafka for the test", e);
        }
    }

    String brokers() {
        return "localhost:" + port;
    }

    void send(String topic, String value) {
        producer.send(new ProducerRecord<>(topic, value));
        producer.flush();
    }

    List<String> values(String topic) {
        return Records.readAll(kafka.bootstrapServers(), topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        kafka.close();
        trustAsBefore();
    }

    private static void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    private static Map<String, String> serverProperties(Identity server) {
        return Map.of(
                DOOR + "ssl.keystore.type",
                "PEM",
                DOOR + "ssl.keystore.certificate.chain",
                server.certificates(),
                DOOR + "ssl.keystore.key",
                server.key(),
                DOOR + "sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                DOOR + "scram-sha-512.sasl.jaas.config",
                ScramLoginModule.class.getName() + " required;");
    }

    private static void letIn(EmbeddedKafka kafka, String user, String password) throws Exception {
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, scram, password)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static void trust(String root, Path file) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        var pem = new ByteArrayInputStream(root.getBytes(UTF_8));
        roots.setCertificateEntry(
                "root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        try (OutputStream out = Files.newOutputStream(file)) {
            roots.store(out, STORE_PASSWORD.toCharArray());
        }
        System.setProperty(TRUST_STORE, file.toString());
        System.setProperty(TRUST_STORE_PASSWORD, STORE_PASSWORD);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
