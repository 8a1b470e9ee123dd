package io.sluice.kafka.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;

/** Kafka's mock with a poll that waits, and rebalances that happen inside it. */
final class FakeConsumer extends MockConsumer<byte[], byte[]> {
    /** What the group has committed, and in which order. */
    final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();
    /** Commits, and ends of hand-overs, in their order. */
    final List<String> events = new CopyOnWriteArrayList<>();

    final Map<TopicPartition, OffsetAndMetadata> group;

    private final LinkedBlockingQueue<Runnable> inPoll = new LinkedBlockingQueue<>();
    private ConsumerRebalanceListener listener;
    volatile boolean left;
    /** As the brokers' {@code offset.metadata.max.bytes}. */
    volatile int longestMetadata = 4096;

    volatile boolean topicMissing;
    /** What the next commits that nobody waits for meet, each one of them. */
    final Queue<RuntimeException> commitErrors = new ConcurrentLinkedQueue<>();
    /** Whether commits that nobody waits for are not answered until {@link #answerCommits}. */
    volatile boolean slowCommits;

    private final Queue<Runnable> unanswered = new ConcurrentLinkedQueue<>();

    FakeConsumer(Map<TopicPartition, OffsetAndMetadata> group) {
        super("earliest");
        this.group = group;
    }

    @Override
    public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalances) {
        listener = rebalances;
        super.subscribe(topics, rebalances);
    }

    /** Runs {@code action} inside the next poll, on the thread that polls. */
    void inPoll(Runnable action) {
        inPoll.add(action);
    }

    void assign(TopicPartition... partitions) {
        inPoll(() -> {
            var ends = new HashMap<TopicPartition, Long>();
            for (TopicPartition partition : partitions) {
                ends.put(partition, 100L);
            }
            updateBeginningOffsets(zeros(partitions));
            updateEndOffsets(ends);
            rebalance(List.of(partitions));
        });
    }

    private static Map<TopicPartition, Long> zeros(TopicPartition... partitions) {
        var zeros = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : partitions) {
            zeros.put(partition, 0L);
        }
        return zeros;
    }

    /** The group has more members than partitions. */
    void assignNothing() {
        inPoll(() -> listener.onPartitionsAssigned(List.of()));
    }

    void revokeAll() {
        inPoll(() -> {
            events.add("revoking");
            rebalance(List.of());
            events.add("handed over");
        });
    }

    void lose(TopicPartition partition) {
        inPoll(() -> listener.onPartitionsLost(List.of(partition)));
    }

    int unansweredCommits() {
        return unanswered.size();
    }

    void answerCommits() {
        inPoll(() -> {
            slowCommits = false;
            unanswered.forEach(Runnable::run);
        });
    }

    void add(TopicPartition partition, long offset, String key, String value) {
        add(partition, offset, key, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** @param headers name, value, name, value, … */
    void add(TopicPartition partition, long offset, String key, byte[] value, String... headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var record = new ConsumerRecord<>(partition.topic(), partition.partition(), offset, keyBytes, value);
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        inPoll(() -> addRecord(record));
    }

    /** Each has a leader; a topic of one partition before any are assigned. */
    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        if (topicMissing) {
            return List.of();
        }
        var leader = new Node(1, "b1", 9092);
        Collection<TopicPartition> partitions = assignment().isEmpty() ? List.of(InputHarness.P0) : assignment();
        return partitions.stream()
                .map(partition -> new PartitionInfo(topic, partition.partition(), leader, null, null))
                .toList();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            Runnable action = inPoll.poll(10, TimeUnit.MILLISECONDS);
            for (; action != null; action = inPoll.poll()) {
                action.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.poll(Duration.ZERO);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        if (offsets.values().stream().anyMatch(offset -> offset.metadata().length() > longestMetadata)) {
            var error = new OffsetMetadataTooLarge("too large");
            if (callback == null) {
                throw error;
            }
            callback.onComplete(offsets, error);
            return;
        }
        if (slowCommits && callback != null) {
            unanswered.add(() -> commitAsync(offsets, callback));
            return;
        }
        RuntimeException refused = callback == null ? null : commitErrors.poll();
        if (refused != null) {
            callback.onComplete(offsets, refused);
            return;
        }
        // Kafka's mock does a synchronous commit through this method too, without a callback.
        commit(callback == null ? "last commit" : "commit", offsets);
        super.commitAsync(offsets, callback);
    }

    private void commit(String what, Map<TopicPartition, OffsetAndMetadata> offsets) {
        commits.add(Map.copyOf(offsets));
        group.putAll(offsets);
        var texts = new ArrayList<String>();
        offsets.forEach((partition, offset) -> texts.add(partition + "@" + offset.offset()));
        events.add(what + " " + String.join(" ", texts));
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
            java.util.Set<TopicPartition> partitions, Duration timeout) {
        var known = new ConcurrentHashMap<TopicPartition, OffsetAndMetadata>();
        partitions.forEach(partition -> {
            if (group.containsKey(partition)) {
                known.put(partition, group.get(partition));
            }
        });
        return known;
    }

    @Override
    public void close(CloseOptions options) {
        left = true;
        super.close(options);
    }
}
