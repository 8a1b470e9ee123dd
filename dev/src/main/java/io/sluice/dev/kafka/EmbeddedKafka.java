package io.sluice.dev.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real single-node Kafka (KRaft) inside this JVM.
 *
 * <p>It is started and closed by one thread. After an error it cannot live with, such as a full disk, Kafka ends the
 * whole JVM.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final BrokerNode node;
    private final FolderLock lock;
    private final KafkaRaftServer server;

    private EmbeddedKafka(BrokerNode node, FolderLock lock, KafkaRaftServer server) {
        this.node = node;
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts a broker and returns when it serves clients and has the topics asked for, after about two seconds.
     *
     * @throws IllegalStateException when a port or the folder is in use
     */
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
        BrokerNode node = node(settings);
        node.listeners().forEach(listener -> requireFree(listener.port()));
        FolderLock lock = FolderLock.acquire(settings.folder());
        try {
            EmbeddedKafka kafka = new EmbeddedKafka(node, lock, startServer(node, settings));
            kafka.createTopics(settings.topics());
            return kafka;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** {@code host:port} of the plain listener. */
    public String bootstrapServers() {
        return node.bootstrapServer();
    }

    /** Stops the broker and returns when it is down; its data stays. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
    }

    private void createTopics(Map<String, Integer> topics) {
        try {
            Topics.create(bootstrapServers(), topics);
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private static BrokerNode node(EmbeddedKafkaSettings settings) {
        List<Integer> free = Ports.free(2);
        int port = settings.port() == 0 ? free.get(0) : settings.port();
        List<Listener> listeners = new ArrayList<>();
        listeners.add(BrokerNode.plainListener(port));
        listeners.addAll(settings.listeners());
        return new BrokerNode(1, settings.folder().toAbsolutePath(), listeners, free.get(1));
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw new IllegalStateException(
                    "the embedded Kafka cannot listen on " + BrokerNode.HOST + ":" + port + ": the port is in use");
        }
    }

    private static KafkaRaftServer startServer(BrokerNode node, EmbeddedKafkaSettings settings) {
        Map<String, String> overrides = new HashMap<>();
        overrides.put("auto.create.topics.enable", String.valueOf(settings.autoCreateTopics()));
        overrides.putAll(settings.serverProperties());
        Properties properties = BrokerProperties.of(node, List.of(node), overrides);
        DataFolder.configure(node, properties);
        DataFolder.format(node, Uuid.randomUuid().toString());
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return server;
    }
}
