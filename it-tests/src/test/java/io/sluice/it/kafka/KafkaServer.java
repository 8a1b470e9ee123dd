package io.sluice.it.kafka;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A running Kafka, wherever it comes from. */
record KafkaServer(String bootstrapServers, Runnable stop) {
    private static final String IMAGE = "apache/kafka:4.3.1";
    /** Kafka's own lower bound, 6 s, makes tests of sessions long. */
    private static final String SHORTEST_SESSION_MILLIS = "500";

    /** @throws IllegalStateException when the choice is unknown or cannot be had here */
    static KafkaServer start(String choice) {
        return switch (choice) {
            case "embedded" -> embedded();
            case "testcontainers" -> container();
            default -> throw new IllegalStateException("-Dkafka=" + choice + " is neither embedded nor testcontainers");
        };
    }

    private static KafkaServer embedded() {
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(newFolder())
                .withServerProperties(Map.of("group.min.session.timeout.ms", SHORTEST_SESSION_MILLIS)));
        return new KafkaServer(kafka.bootstrapServers(), kafka::close);
    }

    private static KafkaServer container() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "-Dkafka=testcontainers needs a container engine and finds none: start Docker,"
                            + " or Podman's API service with DOCKER_HOST pointing at its socket, or leave the switch out");
        }
        KafkaContainer container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", SHORTEST_SESSION_MILLIS);
        container.start();
        return new KafkaServer(container.getBootstrapServers(), container::stop);
    }

    static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "run-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
