package io.sluice.kafka.consume.poll;

import io.sluice.core.binding.ConsumerSettings.InitialOffset;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where partitions begin of which the group has committed nothing. {@code initialOffset} decides once, for what a
 * topic has when the group comes to it; what appears later begins at its start, since its records are younger than the
 * group. Belongs to the poller's thread.
 *
 * <pre>{@code
 *   the topic was not there when this member came ─┐
 *   the group has commits of the topic ────────────┼──► the partition is younger: its start
 *   this member has decided before ────────────────┘
 *   none of these ──► initialOffset, committed at once for all partitions of the topic, whoever has them;
 *                     for one without a leader as of then, once it has one
 * }</pre>
 */
final class StartPositions {
    private static final Logger log = LoggerFactory.getLogger(StartPositions.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);
    /** As long as other members may take to hear of a topic that was created anew, and more. */
    private static final long VOID_FOR = Duration.ofSeconds(30).toNanos();
    /** Short, for nothing else goes on meanwhile. */
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(1);
    /** By how much the clocks of producers may be behind ours. */
    private static final long CLOCKS_DIFFER_MS = Duration.ofMinutes(1).toMillis();

    private final Consumer<?, ?> consumer;
    private final String topic;
    private final InitialOffset initial;
    private final LongSupplier nanos;
    /** Whether it is known if the topic was there. */
    private boolean looked;
    /** Whether the group has begun with the topic. */
    private boolean begun;
    /** Nanoseconds until which what is committed may be of an earlier topic; null when that cannot be. */
    private @Nullable Long voidUntil;
    /** Partitions that had no leader when {@code initialOffset} decided, and the time of that in milliseconds. */
    private final Map<TopicPartition, Long> undecided = new HashMap<>();

    /** @param nanos as {@link System#nanoTime} */
    StartPositions(Consumer<?, ?> consumer, String topic, InitialOffset initial, LongSupplier nanos) {
        this.consumer = consumer;
        this.topic = topic;
        this.initial = initial;
        this.nanos = nanos;
    }

    /** The topic was created anew. What is committed does not tell of which of the two it is. */
    void topicReplaced() {
        begun = true;
        voidUntil = nanos.getAsLong() + VOID_FOR;
    }

    /** Whether what is committed is of this topic. */
    boolean commitsHold() {
        return voidUntil == null || nanos.getAsLong() - voidUntil >= 0;
    }

    /** Finds out whether the topic is there; to be called before each poll, and does something until a broker answers. */
    void look() {
        if (looked) {
            return;
        }
        topicExists().ifPresent(exists -> {
            begun |= !exists;
            looked = true;
        });
    }

    /** Whether the topic is there, empty when no broker answers. */
    Optional<Boolean> topicExists() {
        try {
            return Optional.of(!WakeUps.ignoring(() -> consumer.partitionsFor(topic, LOOK_WITHIN))
                    .isEmpty());
        } catch (RetriableException e) {
            log.atDebug().setCause(e).log("it is not known yet whether a topic is there");
            return Optional.empty();
        }
    }

    /**
     * Decides, and commits what was decided.
     *
     * @param uncommitted partitions of which nothing is committed
     * @return without those whose leader is away
     */
    Map<TopicPartition, OffsetAndMetadata> of(Set<TopicPartition> uncommitted) {
        looked = true;
        var leaderless = new HashSet<TopicPartition>();
        Set<TopicPartition> led = led(leaderless);
        var own = new HashSet<>(uncommitted);
        own.retainAll(led);
        if (own.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetAndMetadata> starts = begun ? Map.of() : first(led, leaderless);
        begun = true;
        var result = new HashMap<>(starts);
        result.keySet().retainAll(own);
        own.removeAll(starts.keySet());
        if (!own.isEmpty()) {
            result.putAll(commit(offsets(later(own))));
        }
        return result;
    }

    /** @param others gets the topic's partitions that have no leader now, the result has those that have one */
    private Set<TopicPartition> led(Set<TopicPartition> others) {
        var led = new HashSet<TopicPartition>();
        for (PartitionInfo partition : WakeUps.ignoring(() -> consumer.partitionsFor(topic, ANSWER_WITHIN))) {
            boolean isLed = partition.leader() != null && !partition.leader().isEmpty();
            (isLed ? led : others).add(new TopicPartition(topic, partition.partition()));
        }
        return led;
    }

    /** Where partitions begin that come after the decision: at their start, or where they were when it was made. */
    private Map<TopicPartition, Long> later(Set<TopicPartition> own) {
        var positions = new HashMap<>(WakeUps.ignoring(() -> consumer.beginningOffsets(own, ANSWER_WITHIN)));
        var times = new HashMap<>(undecided);
        times.keySet().retainAll(own);
        if (!times.isEmpty()) {
            positions.putAll(WakeUps.ignoring(() -> consumer.endOffsets(times.keySet(), ANSWER_WITHIN)));
            WakeUps.ignoring(() -> consumer.offsetsForTimes(times, ANSWER_WITHIN))
                    .forEach((partition, found) -> {
                        if (found != null) {
                            positions.put(partition, found.offset());
                        }
                    });
            undecided.keySet().removeAll(own);
        }
        return positions;
    }

    /**
     * @return what is committed of partitions of the topic, after {@code initialOffset} has decided if that was nothing.
     *     Two members that come at the same time may both decide. Since each asks for the ends before it looks for commits,
     *     neither passes over a record that came after the other's decision
     */
    private Map<TopicPartition, OffsetAndMetadata> first(Set<TopicPartition> all, Set<TopicPartition> leaderless) {
        long now = System.currentTimeMillis();
        Map<TopicPartition, Long> decided = WakeUps.ignoring(() -> switch (initial) {
            case NEWEST -> consumer.endOffsets(all, ANSWER_WITHIN);
            case OLDEST -> consumer.beginningOffsets(all, ANSWER_WITHIN);
        });
        var committed = new HashMap<>(WakeUps.ignoring(() -> consumer.committed(all, ANSWER_WITHIN)));
        committed.values().removeIf(Objects::isNull);
        if (!committed.isEmpty()) {
            return committed;
        }
        if (initial == InitialOffset.NEWEST) {
            leaderless.forEach(partition -> undecided.put(partition, now - CLOCKS_DIFFER_MS));
        }
        log.atInfo()
                .addKeyValue("topic", topic)
                .addKeyValue("group", consumer.groupMetadata().groupId())
                .addKeyValue("initialOffset", initial.name().toLowerCase(Locale.ROOT))
                .log("the group has committed nothing of the topic: initialOffset decides where it begins");
        return commit(offsets(decided));
    }

    private Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return WakeUps.ignoring(() -> {
            consumer.commitSync(offsets, COMMIT_WITHIN);
            return offsets;
        });
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, Long> positions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        positions.forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
        return offsets;
    }
}
