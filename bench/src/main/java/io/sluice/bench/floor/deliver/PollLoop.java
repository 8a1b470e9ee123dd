package io.sluice.bench.floor.deliver;

import io.sluice.bench.deliver.Ordering;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** The only thread that touches the consumer: it polls, pauses what is full and commits every second. */
final class PollLoop {
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Context eventLoop;
    private final AppClient app;
    private final Ordering ordering;
    private final Map<TopicPartition, PartitionQueue> queues = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long committedAt = System.nanoTime();

    PollLoop(Consumer<byte[], byte[]> consumer, Context eventLoop, AppClient app, Ordering ordering) {
        this.consumer = consumer;
        this.eventLoop = eventLoop;
        this.app = app;
        this.ordering = ordering;
    }

    /** Runs until the process ends. */
    void run(String topic) {
        consumer.subscribe(List.of(topic));
        while (true) {
            try {
                handOver(consumer.poll(COMMIT_INTERVAL));
            } catch (WakeupException e) {
                // A queue has run low while its partition was paused.
            }
            queues.forEach(this::pauseOrResume);
            if (System.nanoTime() - committedAt >= COMMIT_INTERVAL.toNanos()) {
                commit();
            }
        }
    }

    private void handOver(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            var queue =
                    queues.computeIfAbsent(partition, key -> new PartitionQueue(ordering, app::post, consumer::wakeup));
            var batch = records.records(partition);
            queue.announce(batch.size());
            eventLoop.runOnContext(ignored -> queue.add(batch));
        }
    }

    private void pauseOrResume(TopicPartition partition, PartitionQueue queue) {
        if (queue.held() >= PartitionQueue.FULL) {
            consumer.pause(List.of(partition));
        } else if (queue.held() < PartitionQueue.LOW) {
            consumer.resume(List.of(partition));
        }
    }

    private void commit() {
        committedAt = System.nanoTime();
        var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
        queues.forEach((partition, queue) -> {
            long position = queue.position();
            if (position > committed.getOrDefault(partition, -1L)) {
                committed.put(partition, position);
                positions.put(partition, new OffsetAndMetadata(position));
            }
        });
        if (!positions.isEmpty()) {
            consumer.commitAsync(positions, null);
        }
    }
}
