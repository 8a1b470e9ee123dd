package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.ConsumerPoller;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.progress.Commit;
import io.sluice.kafka.consume.progress.HeldRecords;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of one topic that this member has, and what is committed of them. Belongs to the verticle's context. */
final class Assignments {
    private static final Logger log = LoggerFactory.getLogger(Assignments.class);
    private final Input input;
    private final String topic;
    private final BooleanSupplier membership;
    private final Map<TopicPartition, PartitionLane> lanes = new LinkedHashMap<>();
    private final LaneCommits commits;
    private final LogTroubles troubles;
    private final TopicMemory memory;
    private boolean stopped;

    /** @param membership tells, on any thread, whether the partitions are this member's as far as it can know */
    Assignments(Input input, String topic, ConsumerPoller poller, BooleanSupplier membership) {
        this.input = input;
        this.topic = topic;
        this.membership = membership;
        this.commits = new LaneCommits(input, topic, poller, lanes.values());
        this.troubles = new LogTroubles(input, topic);
        this.memory = new TopicMemory(input.memory().deliveries());
    }

    String topic() {
        return topic;
    }

    Collection<PartitionLane> lanes() {
        return lanes.values();
    }

    /** Puts the partition behind the others. */
    void last(PartitionLane lane) {
        TopicPartition partition = lane.assignment().partition();
        if (lanes.remove(partition, lane)) {
            lanes.put(partition, lane);
        }
    }

    /** Tells, on any thread, whether the partitions are this member's as far as it can know. */
    BooleanSupplier membership() {
        return membership;
    }

    void assigned(List<Assignment> assigned) {
        for (Assignment assignment : assigned) {
            TopicPartition partition = assignment.partition();
            var lane = new PartitionLane(
                    input.binding(), assignment, memory, input.metrics().partition(partition));
            lane.limitMetadata(commits.metadataChars());
            lanes.put(partition, lane);
            if (stopped) {
                ignore(lane.drain());
            }
        }
        commit();
    }

    void received(ConsumerRecords<byte[], byte[]> records) {
        long now = input.clock().getAsLong();
        boolean rewound = false;
        for (var next : records.nextOffsets().entrySet()) {
            PartitionLane lane = lanes.get(next.getKey());
            if (lane != null) {
                rewound |= lane.received(
                        records.records(next.getKey()), next.getValue().offset(), now);
            }
        }
        memory.holds(bytes());
        if (rewound) {
            commit();
        }
    }

    private long bytes() {
        long bytes = 0;
        for (PartitionLane lane : lanes.values()) {
            bytes += lane.bytes();
        }
        return bytes;
    }

    /** Partitions go on elsewhere: what is committed of them is wrong. */
    void jumped(List<Jump> jumps) {
        for (Jump jump : jumps) {
            PartitionLane lane = lanes.get(jump.assignment().partition());
            if (lane != null && lane.assignment() == jump.assignment()) {
                lane.jumped(jump);
                troubles.jumped(jump);
            }
        }
        commit();
    }

    /** What the records of the topic hold. */
    TopicMemory memory() {
        return memory;
    }

    /** What is told of the logs of the partitions. */
    LogTroubles troubles() {
        return troubles;
    }

    /** Ends assignments that other members wait for; what is settled then is the last that is committed of them. */
    Future<Map<Assignment, Commit>> handOver(List<Assignment> revoked, Duration limit) {
        List<PartitionLane> ending = remove(revoked);
        return drained(ending, limit).transform(ignored -> Future.succeededFuture(close(ending)));
    }

    private static Map<Assignment, Commit> close(List<PartitionLane> ending) {
        var commits = new HashMap<Assignment, Commit>();
        for (PartitionLane lane : ending) {
            lane.beginCommit().ifPresent(commit -> commits.put(lane.assignment(), commit));
            lane.close();
        }
        return commits;
    }

    /** Ends assignments that other members have already. */
    void lost(List<Assignment> lost) {
        remove(lost).forEach(PartitionLane::close);
    }

    private List<PartitionLane> remove(List<Assignment> assignments) {
        var removed = new ArrayList<PartitionLane>();
        for (Assignment assignment : assignments) {
            PartitionLane lane = lanes.remove(assignment.partition());
            if (lane != null) {
                removed.add(lane);
                troubles.gone(assignment);
            }
        }
        memory.holds(bytes());
        return removed;
    }

    /** Delivers nothing more; done when nothing is in flight, or after {@code limit}. Commits go on meanwhile. */
    Future<Void> drain(Duration limit) {
        stopped = true;
        return drained(List.copyOf(lanes.values()), limit).otherwiseEmpty();
    }

    private static Future<Void> drained(List<PartitionLane> ending, Duration limit) {
        List<Future<Void>> drained = ending.stream().map(PartitionLane::drain).toList();
        return Future.join(drained).<Void>mapEmpty().timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** As {@link LaneCommits#commitIfDue}. */
    OptionalLong commitIfDue(long now) {
        return commits.commitIfDue(now);
    }

    /** Commits what has changed, one commit at a time. */
    void commit() {
        commits.commit();
    }

    void committed(Map<Assignment, Commit> taken, @Nullable Throwable error) {
        if (error != null) {
            commits.failed(taken.values(), error);
            return;
        }
        commits.succeeded();
        taken.forEach((assignment, commit) -> {
            PartitionLane lane = lanes.get(assignment.partition());
            if (lane != null && lane.assignment() == assignment) {
                lane.committed(commit);
            }
        });
    }

    /** @return whether a paused partition may be fetched again */
    boolean updateFull() {
        boolean resumed = false;
        memory.holds(bytes());
        long now = input.clock().getAsLong();
        for (PartitionLane lane : lanes.values()) {
            resumed |= lane.room().update(now);
        }
        return resumed;
    }

    boolean settleStanding(int partition, long offset) {
        PartitionLane lane = lanes.get(new TopicPartition(topic, partition));
        return lane != null && lane.settleStanding(offset);
    }

    /** Brings the metrics up to date. */
    void show() {
        long now = input.clock().getAsLong();
        HeldRecords held = HeldRecords.NONE;
        for (PartitionLane lane : lanes.values()) {
            lane.show();
            held = held.and(lane.held(now));
        }
        input.metrics().held(topic, held);
        troubles.jumps().look(now);
    }

    List<PartitionStatus> statuses() {
        long now = input.clock().getAsLong();
        return lanes.values().stream()
                .sorted(Comparator.comparingInt(
                        lane -> lane.assignment().partition().partition()))
                .map(lane -> lane.status(now, troubles.jumps().last(lane.assignment())))
                .toList();
    }

    /** Nobody is left to commit anything. */
    void close() {
        lanes.values().forEach(lane -> {
            lane.close();
            troubles.gone(lane.assignment());
        });
        lanes.clear();
        memory.holds(0);
        input.metrics().held(topic, HeldRecords.NONE);
        commits.close();
    }

    private static void ignore(Future<Void> drained) {
        drained.onFailure(cause -> log.atDebug().setCause(cause).log("a lane did not drain"));
    }
}
