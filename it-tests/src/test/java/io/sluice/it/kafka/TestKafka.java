package io.sluice.it.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The Kafka that the tests of one JVM share. It creates no topic by itself. Safe for use from any thread. */
public final class TestKafka implements AutoCloseable {
    private final KafkaServer server;
    private final Admin admin;

    private TestKafka(KafkaServer server) {
        this.server = server;
        this.admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
    }

    static TestKafka start() {
        return new TestKafka(KafkaServer.start(System.getProperty("kafka", "embedded")));
    }

    /** A Kafka that a test class has for itself; {@code stop} ends it. */
    public static TestKafka of(String bootstrapServers, Runnable stop) {
        return new TestKafka(new KafkaServer(bootstrapServers, stop));
    }

    /** {@code host:port} of the plain listener. */
    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    /** Shared: not to be closed by a test. */
    public Admin admin() {
        return admin;
    }

    /** Creates a topic of one partition that no other test uses; returns its name. */
    public String newTopic() {
        return newTopic(1, Map.of());
    }

    /**
     * Creates a topic that no other test uses; returns its name.
     *
     * @param configs Kafka's own topic settings
     */
    public String newTopic(int partitions, Map<String, String> configs) {
        String name = "it-" + UUID.randomUUID();
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        try {
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no topic for the test", e);
        }
        return name;
    }

    /** All records that are in the topic now, as {@link Records#readAll} gives them. */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        return Records.readAll(server.bootstrapServers(), topic);
    }

    @Override
    public void close() {
        admin.close();
        server.stop().run();
    }
}
