package io.sluice.dev.kafka;

import java.nio.file.Path;
import java.util.List;

/**
 * One node that is both broker and controller.
 *
 * @param id node id, from 1
 * @param folder everything the node writes
 * @param listeners doors for clients, the plain one first
 * @param controllerPort where the nodes of the quorum talk to each other
 */
record BrokerNode(int id, Path folder, List<Listener> listeners, int controllerPort) {
    static final String HOST = "127.0.0.1";

    BrokerNode {
        listeners = List.copyOf(listeners);
    }

    /** A node with the plain door alone. */
    static BrokerNode plain(int id, Path folder, int port, int controllerPort) {
        return new BrokerNode(id, folder, List.of(plainListener(port)), controllerPort);
    }

    static Listener plainListener(int port) {
        return new Listener("PLAINTEXT", "PLAINTEXT", port);
    }

    String bootstrapServer() {
        return HOST + ":" + listeners.get(0).port();
    }

    String voter() {
        return id + "@" + HOST + ":" + controllerPort;
    }

    Path dataFolder() {
        return folder.resolve("data");
    }

    Path propertiesFile() {
        return folder.resolve("server.properties");
    }

    Path logFile() {
        return folder.resolve("broker.log");
    }
}
