package io.sluice.dev.kafka;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The server settings of a small broker: KRaft, few threads, little memory, quick to start and to fail over. */
final class BrokerProperties {
    private static final String CONTROLLER = "CONTROLLER";

    private BrokerProperties() {}

    /**
     * @param quorum all nodes of the cluster, {@code node} among them
     * @param overrides Kafka's own server properties, over everything said here
     */
    static Properties of(BrokerNode node, List<BrokerNode> quorum, Map<String, String> overrides) {
        Properties properties = new Properties();
        properties.putAll(identity(node, quorum));
        properties.putAll(replication(quorum.size()));
        properties.putAll(footprint());
        properties.putAll(timing());
        properties.putAll(overrides);
        return properties;
    }

    private static Map<String, String> identity(BrokerNode node, List<BrokerNode> quorum) {
        String clientDoors = node.listeners().stream().map(Listener::address).collect(joining(","));
        String protocols = Stream.concat(
                        node.listeners().stream().map(Listener::protocol), Stream.of("CONTROLLER:PLAINTEXT"))
                .collect(joining(","));
        return Map.of(
                "node.id",
                String.valueOf(node.id()),
                "process.roles",
                "broker,controller",
                "controller.listener.names",
                CONTROLLER,
                "controller.quorum.voters",
                quorum.stream().map(BrokerNode::voter).collect(joining(",")),
                "listeners",
                clientDoors + "," + CONTROLLER + "://" + BrokerNode.HOST + ":" + node.controllerPort(),
                "advertised.listeners",
                clientDoors,
                "listener.security.protocol.map",
                protocols,
                "inter.broker.listener.name",
                node.listeners().get(0).name(),
                "log.dirs",
                node.dataFolder().toString());
    }

    private static Map<String, String> replication(int nodes) {
        String copies = String.valueOf(Math.min(3, nodes));
        String inSync = nodes > 2 ? "2" : "1";
        return Map.of(
                "default.replication.factor", copies,
                "min.insync.replicas", inSync,
                "offsets.topic.replication.factor", copies,
                "transaction.state.log.replication.factor", copies,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.replication.factor", copies,
                "share.coordinator.state.topic.min.isr", inSync);
    }

    private static Map<String, String> footprint() {
        return Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "1",
                // Taken at start whether anything is compacted or not; Kafka's default is 128 MB.
                "log.cleaner.dedupe.buffer.size", "2097152",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.num.partitions", "1");
    }

    private static Map<String, String> timing() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "broker.heartbeat.interval.ms", "500",
                "broker.session.timeout.ms", "3000",
                "controlled.shutdown.enable", "true");
    }
}
