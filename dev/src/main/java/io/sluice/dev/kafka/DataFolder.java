package io.sluice.dev.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;
import kafka.tools.StorageTool;

/** Makes a node's folder ready for its first start; a folder that was used before is left as it is. */
final class DataFolder {
    private DataFolder() {}

    /** Writes the node's {@code server.properties}. */
    static void configure(BrokerNode node, Properties properties) {
        try {
            Files.createDirectories(node.dataFolder());
            try (OutputStream file = Files.newOutputStream(node.propertiesFile())) {
                properties.store(file, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to Kafka's folder " + node.folder(), e);
        }
    }

    /** Formats the data folder as {@code kafka-storage.sh format} does, unless it is formatted. */
    static void format(BrokerNode node, String clusterId) {
        if (Files.exists(node.dataFolder().resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] command = {
            "format",
            "--cluster-id",
            clusterId,
            "--config",
            node.propertiesFile().toString()
        };
        if (StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
            throw new IllegalStateException("Kafka cannot format " + node.dataFolder() + ": "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
