package io.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** A single-node Kafka (KRaft) in a JVM of its own, with an empty data folder. */
public final class KafkaNode implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 6;
    private static final long RETRY_NANOS = 50_000_000;

    private final Child child;
    private final Admin admin;
    private final String brokers;

    private KafkaNode(Child child, Admin admin, String brokers) {
        this.child = child;
        this.admin = admin;
        this.brokers = brokers;
    }

    /** Starts the broker, which keeps everything in the folder, and waits until it serves. */
    public static KafkaNode start(Path folder) throws IOException, InterruptedException {
        int port = Jvm.freePort();
        var command = Jvm.main(FLAGS, KafkaMain.class.getName(), List.of(folder.toString(), Integer.toString(port)));
        var child = Child.start(command, Path.of(folder + ".log"), KafkaMain.READY);
        child.awaitReady(PATIENCE);
        String brokers = "127.0.0.1:" + port;
        return new KafkaNode(child, Admin.create(Map.of("bootstrap.servers", brokers)), brokers);
    }

    public String brokers() {
        return brokers;
    }

    public void createTopic(String topic) throws InterruptedException, ExecutionException {
        createTopic(topic, PARTITIONS);
    }

    /**
     * Returns once each partition serves. A producer with several requests in flight that comes earlier may have its
     * first batch of a partition refused and the second taken, and then its first one never.
     */
    public void createTopic(String topic, int partitions) throws InterruptedException, ExecutionException {
        var settings = new NewTopic(topic, Optional.of(partitions), Optional.of((short) 1));
        admin.createTopics(List.of(settings)).all().get();
        var latest = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(topic, number), number -> OffsetSpec.latest()));
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        do {
            LockSupport.parkNanos(RETRY_NANOS);
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the new topic " + topic + " does not serve");
            }
        } while (!allServe(latest));
    }

    /** Asks the leaders of the partitions. */
    private boolean allServe(Map<TopicPartition, OffsetSpec> latest) throws InterruptedException, ExecutionException {
        try {
            admin.listOffsets(latest).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    public void deleteTopic(String topic) throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        child.close();
    }

    /** Deletes the folder of a broker that is closed. */
    public static void erase(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
