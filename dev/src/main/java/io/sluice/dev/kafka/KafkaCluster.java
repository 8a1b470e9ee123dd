package io.sluice.dev.kafka;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster whose nodes, numbered from 1, are processes of their own, so that a test can take them down one by one.
 *
 * <p>Each node is broker and controller. With three nodes every topic has three copies and needs two of them in sync
 * (two nodes: two copies, one in sync). The processes write to {@code FOLDER/node-N/broker.log} and end with this JVM.
 * Used by one thread.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final List<ChildBroker> brokers;

    private KafkaCluster(List<ChildBroker> brokers) {
        this.brokers = List.copyOf(brokers);
    }

    /**
     * Starts the nodes side by side and returns when all of them serve clients.
     *
     * @param nodes 1 to 3
     * @param folder an empty or a new one
     * @param serverProperties Kafka's own server properties, the same for every node
     * @throws IllegalStateException when the nodes are not up within a minute
     */
    public static KafkaCluster start(int nodes, Path folder, Map<String, String> serverProperties) {
        List<BrokerNode> quorum = quorum(nodes, folder.toAbsolutePath());
        String clusterId = Uuid.randomUuid().toString();
        for (BrokerNode node : quorum) {
            DataFolder.configure(node, BrokerProperties.of(node, quorum, serverProperties));
            DataFolder.format(node, clusterId);
        }
        KafkaCluster cluster =
                new KafkaCluster(quorum.stream().map(ChildBroker::new).toList());
        try {
            cluster.brokers.forEach(ChildBroker::start);
            cluster.awaitReady(START_LIMIT);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** {@code host:port} of every node, comma-separated, whether it runs or not. */
    public String bootstrapServers() {
        return brokers.stream().map(broker -> broker.node().bootstrapServer()).collect(joining(","));
    }

    /** Ends a node at once (SIGKILL), as a power cut would. */
    public void kill(int node) {
        broker(node).kill();
    }

    /** Stops a node in order: it hands over its partitions first. */
    public void stop(int node) {
        broker(node).stop(STOP_LIMIT);
    }

    /** Starts a node that was killed or stopped, on its former ports and data; does not wait for it. */
    public void restart(int node) {
        broker(node).start();
    }

    /** Freezes a node (SIGSTOP): its connections stay open and nothing is answered. */
    public void pause(int node) {
        broker(node).pause();
    }

    /** Lets a paused node go on (SIGCONT). */
    public void resume(int node) {
        broker(node).resume();
    }

    /**
     * Starts the nodes that do not run, lets the paused ones go on, and waits until all of them serve clients. For the end of
     * a test, which may have failed anywhere.
     *
     * @throws IllegalStateException when that is not so within {@code limit}
     */
    public void mend(Duration limit) {
        for (ChildBroker broker : brokers) {
            if (broker.isAlive()) {
                broker.resume();
            } else {
                broker.start();
            }
        }
        awaitReady(limit);
    }

    /**
     * Waits until the cluster knows exactly the nodes that run (a paused one runs) as alive.
     *
     * @throws IllegalStateException when that is not so within {@code limit}
     */
    public void awaitReady(Duration limit) {
        List<ChildBroker> running =
                brokers.stream().filter(ChildBroker::isAlive).toList();
        try (ClusterView view = new ClusterView(bootstrapServers())) {
            view.awaitNodes(running.stream().map(broker -> broker.node().id()).toList(), limit);
        }
    }

    /** Ends all nodes at once. */
    @Override
    public void close() {
        brokers.forEach(ChildBroker::kill);
    }

    private ChildBroker broker(int node) {
        return brokers.get(node - 1);
    }

    private static List<BrokerNode> quorum(int nodes, Path folder) {
        if (nodes < 1 || nodes > 3) {
            throw new IllegalArgumentException("a cluster has 1 to 3 nodes, not " + nodes);
        }
        List<Integer> ports = Ports.free(2 * nodes);
        List<BrokerNode> quorum = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            quorum.add(
                    BrokerNode.plain(i + 1, folder.resolve("node-" + (i + 1)), ports.get(2 * i), ports.get(2 * i + 1)));
        }
        return quorum;
    }
}
