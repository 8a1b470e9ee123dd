package io.sluice.kafka.consume.failure;

import io.sluice.core.message.Delivery.Coordinates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads one record by its coordinates, with a consumer of its own. Blocks: not for an event loop. */
public final class RecordReader {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final Callable<Consumer<byte[], byte[]>> opener;
    private final Duration limit;

    /** @param limit of the whole reading, give or take a second */
    public RecordReader(Callable<Consumer<byte[], byte[]>> opener, Duration limit) {
        this.opener = opener;
        this.limit = limit;
    }

    /**
     * The record, empty when there is none (any more) at these coordinates.
     *
     * @throws Exception when Kafka cannot be asked, {@link TimeoutException} when it does not answer in time
     */
    public Optional<ConsumerRecord<byte[], byte[]>> read(Coordinates at) throws Exception {
        Consumer<byte[], byte[]> consumer = opener.call();
        try {
            return read(consumer, at);
        } catch (OffsetOutOfRangeException e) {
            return Optional.empty();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(Consumer<byte[], byte[]> consumer, Coordinates at) {
        var partition = new TopicPartition(at.topic(), at.partition());
        if (!exists(consumer, partition) || !isWithin(consumer, partition, at.offset())) {
            return Optional.empty();
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, at.offset());
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            var polled = consumer.poll(STEP);
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                return record.offset() == at.offset() ? Optional.of(record) : Optional.empty();
            }
            if (polled.nextOffsets().containsKey(partition)) {
                return Optional.empty();
            }
        }
        throw new TimeoutException("the record could not be read within " + limit.toSeconds() + " s");
    }

    private boolean exists(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        List<PartitionInfo> partitions = consumer.partitionsFor(partition.topic(), limit);
        return partitions.stream().anyMatch(info -> info.partition() == partition.partition());
    }

    private boolean isWithin(Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(List.of(partition), limit);
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition), limit);
        return begins.getOrDefault(partition, Long.MAX_VALUE) <= offset && offset < ends.getOrDefault(partition, 0L);
    }
}
