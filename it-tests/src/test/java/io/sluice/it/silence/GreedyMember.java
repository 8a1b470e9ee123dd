package io.sluice.it.silence;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member that leads its group, since it came first, and gives all partitions to itself. */
final class GreedyMember implements AutoCloseable {
    private static final ByteBuffer MARK = ByteBuffer.wrap(new byte[] {1});

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final Thread thread;

    /** All for the one whose subscription has the mark. */
    public static final class Greed implements ConsumerPartitionAssignor {
        @Override
        public String name() {
            return "range";
        }

        @Override
        public ByteBuffer subscriptionUserData(Set<String> topics) {
            return MARK.duplicate();
        }

        @Override
        public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
            Map<String, Assignment> assignments = new HashMap<>();
            subscriptions.groupSubscription().forEach((member, subscription) -> {
                List<TopicPartition> all = new ArrayList<>();
                if (MARK.equals(subscription.userData())) {
                    for (String topic : subscription.topics()) {
                        metadata.partitionsForTopic(topic)
                                .forEach(partition -> all.add(new TopicPartition(topic, partition.partition())));
                    }
                }
                assignments.put(member, new Assignment(all));
            });
            return new GroupAssignment(assignments);
        }
    }

    private GreedyMember(String brokers, String group, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        group,
                        "partition.assignment.strategy",
                        Greed.class.getName(),
                        "heartbeat.interval.ms",
                        "200"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        thread = new Thread(this::poll, "greedy-member");
        thread.start();
    }

    /** One that has all partitions of the topic. */
    static GreedyMember join(String brokers, String group, String topic) throws InterruptedException {
        var member = new GreedyMember(brokers, group, topic);
        member.assigned.await();
        return member;
    }

    private void poll() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofMillis(200));
                if (!consumer.assignment().isEmpty()) {
                    assigned.countDown();
                }
            }
        } catch (WakeupException e) {
            // It leaves.
        }
    }

    /** Leaves the group. */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
