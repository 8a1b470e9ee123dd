package io.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** A single-node Kafka (KRaft) in a JVM of its own, with an empty data folder. */
public final class KafkaNode implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 6;

    private final Child child;
    private final Admin admin;
    private final String brokers;

    private KafkaNode(Child child, Admin admin, String brokers) {
        this.child = child;
        this.admin = admin;
        this.brokers = brokers;
    }

    /** Formats the folder, which must be empty or absent, starts the broker and waits until it serves. */
    public static KafkaNode start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = Jvm.freePort();
        Path settings = Files.writeString(folder.resolve("server.properties"), settings(folder, port, Jvm.freePort()));
        format(settings, folder);
        var command = Jvm.main(FLAGS, "kafka.Kafka", List.of(settings.toString()));
        var child = Child.start(command, folder.resolve("broker.log"), "Kafka Server started");
        child.awaitReady(PATIENCE);
        String brokers = "127.0.0.1:" + port;
        return new KafkaNode(child, Admin.create(Map.of("bootstrap.servers", brokers)), brokers);
    }

    private static String settings(Path folder, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                auto.create.topics.enable=false
                """.formatted(port, controllerPort, folder.resolve("data"));
    }

    private static void format(Path settings, Path folder) throws IOException, InterruptedException {
        var args = List.of(
                "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", settings.toString());
        try (var format =
                Child.start(Jvm.main(List.of(), "kafka.tools.StorageTool", args), folder.resolve("format.log"), "Formatting")) {
            format.awaitReady(PATIENCE);
            format.awaitEnd(PATIENCE);
        }
    }

    public String brokers() {
        return brokers;
    }

    public void createTopic(String topic) throws InterruptedException, ExecutionException {
        var settings = new NewTopic(topic, Optional.of(PARTITIONS), Optional.of((short) 1));
        admin.createTopics(List.of(settings)).all().get();
    }

    public void deleteTopic(String topic) throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        child.close();
    }
}
