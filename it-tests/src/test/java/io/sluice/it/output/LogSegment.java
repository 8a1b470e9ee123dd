package io.sluice.it.output;

import io.sluice.it.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Assumptions;

/** Batches as the broker keeps them on disk: what no consumer shows. */
final class LogSegment {
    private LogSegment() {}

    /**
     * One batch of the first segment of a topic's partition 0.
     *
     * @param codec how it is compressed, in lower case
     * @param idempotent whether its producer asked the broker to drop duplicates
     */
    record Batch(String codec, boolean idempotent) {
        static Batch of(RecordBatch batch) {
            return new Batch(batch.compressionType().name, batch.hasProducerId());
        }
    }

    /** The batches of a topic; skips the test where the broker's disk is not ours. */
    static List<Batch> batches(TestKafka kafka, String topic) {
        Path file = folder(kafka, topic).resolve("00000000000000000000.log");
        Assumptions.assumeTrue(Files.exists(file), "the broker runs in a container");
        List<Batch> batches = new ArrayList<>();
        try (FileRecords records = FileRecords.open(file.toFile(), false)) {
            records.batches().forEach(batch -> batches.add(Batch.of(batch)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return batches;
    }

    private static Path folder(TestKafka kafka, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try {
            int broker = kafka.admin()
                    .describeCluster()
                    .nodes()
                    .get()
                    .iterator()
                    .next()
                    .id();
            return kafka
                    .admin()
                    .describeLogDirs(List.of(broker))
                    .allDescriptions()
                    .get()
                    .get(broker)
                    .entrySet()
                    .stream()
                    .filter(dir -> holds(dir.getValue(), partition))
                    .map(dir -> Path.of(dir.getKey(), partition.toString()))
                    .findFirst()
                    .orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException("where is " + partition + "?", e);
        }
    }

    private static boolean holds(LogDirDescription dir, TopicPartition partition) {
        return dir.replicaInfos().containsKey(partition);
    }
}
