package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.ConsumerSettings.InitialOffset;
import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupMemberTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);

    private long now;
    private final Consumer consumer = new Consumer();
    private final Events events = new Events();
    private final GroupMember member = new GroupMember(
            consumer,
            new StartPositions(consumer, "t", InitialOffset.OLDEST, () -> now),
            events,
            Duration.ofSeconds(1));
    private final Pausing pausing = new Pausing(consumer, 1, () -> 0);
    private int enough;

    /** Kafka's mock with brokers that do not answer, or a wake-up that comes late. */
    private static final class Consumer extends MockConsumer<byte[], byte[]> {
        private RuntimeException nextError;
        /** Commits that a broker has not answered. */
        private final Deque<Runnable> underWay = new ArrayDeque<>();

        private boolean slow;

        Consumer() {
            super("earliest");
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            failOnce();
            return super.committed(partitions, timeout);
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            failOnce();
            while (!underWay.isEmpty()) {
                underWay.remove().run();
            }
            super.commitSync(offsets, timeout);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (slow && callback != null) {
                underWay.add(() -> super.commitAsync(offsets, callback));
            } else {
                super.commitAsync(offsets, callback);
            }
        }

        private void failOnce() {
            RuntimeException error = nextError;
            nextError = null;
            if (error != null) {
                throw error;
            }
        }
    }

    private static final class Events implements PollEvents {
        private final List<Assignment> assigned = new ArrayList<>();
        private final List<Jump> jumps = new ArrayList<>();
        private final List<Boolean> idle = new ArrayList<>();
        private final List<Assignment> lost = new ArrayList<>();
        private final List<Map<Assignment, Commit>> committed = new ArrayList<>();
        private Commit last = Commit.NONE;

        @Override
        public void idle(boolean topicExists) {
            idle.add(topicExists);
        }

        @Override
        public void assigned(List<Assignment> assignments) {
            assigned.addAll(assignments);
        }

        @Override
        public void jumped(List<Jump> moved) {
            jumps.addAll(moved);
        }

        @Override
        public void polled(long number, ConsumerRecords<byte[], byte[]> records, Runnable taken) {}

        @Override
        public void unreadable(Assignment assignment) {}

        @Override
        public void readable(Assignment assignment) {}

        @Override
        public CompletionStage<Map<Assignment, Commit>> revoked(List<Assignment> assignments) {
            Map<Assignment, Commit> commits = last.offset() < 0 ? Map.of() : Map.of(assignments.get(0), last);
            return CompletableFuture.completedFuture(commits);
        }

        @Override
        public void lost(List<Assignment> assignments) {
            lost.addAll(assignments);
        }

        @Override
        public void committed(Map<Assignment, Commit> commits, Throwable error) {
            committed.add(commits);
        }

        @Override
        public void ended(Throwable failure) {}
    }

    @BeforeEach
    void join() {
        consumer.updatePartitions("t", List.of(new PartitionInfo("t", 0, new Node(1, "b", 1), null, null)));
        consumer.subscribe(List.of("t"), member.listener(() -> {}, () -> {}, () -> enough++));
        consumer.updateBeginningOffsets(Map.of(P0, 0L));
        consumer.updateEndOffsets(Map.of(P0, 50L));
        consumer.rebalance(List.of(P0));
    }

    @Test
    void aMemberWithoutPartitionsIsToldOnceWhetherTheTopicIsThere() {
        member.start();
        consumer.updatePartitions("t", List.of());
        consumer.rebalance(List.of());
        assign();
        member.start();
        member.start();
        assertThat(events.idle).containsExactly(false);

        consumer.updatePartitions("t", List.of(new PartitionInfo("t", 0, new Node(1, "b", 1), null, null)));
        assign();
        member.start();
        assertThat(events.idle).containsExactly(false, true);
    }

    /** Nothing. */
    private void assign() {
        member.listener(() -> {}, () -> {}, () -> enough++).onPartitionsAssigned(List.of());
    }

    @Test
    void noRecordComesBeforeItIsKnownWhatWasCommitted() {
        consumer.nextError = new TimeoutException("no answer");
        consumer.addRecord(new ConsumerRecord<>("t", 0, 0, null, new byte[0]));

        member.start();
        pausing.beforePoll(member.running());
        assertThat(consumer.poll(Duration.ZERO)).isEmpty();
        assertThat(events.assigned).isEmpty();
        member.start();
        pausing.beforePoll(member.running());

        assertThat(events.assigned).singleElement().satisfies(assignment -> {
            assertThat(assignment.partition()).isEqualTo(P0);
            assertThat(assignment.committed()).isEqualTo(new Commit(0, ""));
            assertThat(assignment.position()).isZero();
        });
        assertThat(consumer.poll(Duration.ZERO)).hasSize(1);
    }

    @Test
    void aCommitAndItsLeaderEpochAreWhereReadingGoesOn() {
        consumer.commitSync(Map.of(P0, new OffsetAndMetadata(7, Optional.of(3), "settled above")));

        member.start();

        assertThat(consumer.position(P0)).isEqualTo(7);
        assertThat(events.assigned).singleElement().satisfies(assignment -> assertThat(assignment.committed())
                .isEqualTo(new Commit(7, 3, "settled above")));
    }

    @Test
    void commitsCarryTheLeaderEpoch() {
        member.start();

        member.commit(Map.of(events.assigned.get(0), new Commit(4, 6, "")));

        assertThat(consumer.committed(Set.of(P0))).containsEntry(P0, new OffsetAndMetadata(4, Optional.of(6), ""));
    }

    @Test
    void aQuestionForTheMembershipUndoesNoCommitThatIsUnderWay() {
        member.start();
        consumer.slow = true;
        member.commit(Map.of(events.assigned.get(0), new Commit(9, "")));

        assertThat(member.isConfirmed()).isTrue();

        assertThat(consumer.committed(Set.of(P0)).get(P0).offset()).isEqualTo(9);
    }

    @Test
    void aRebalanceWhilePartitionsAreStartedEndsNothing() {
        consumer.nextError = new RebalanceInProgressException("another member comes");

        member.start();
        assertThat(events.assigned).isEmpty();
        member.start();

        assertThat(events.assigned).hasSize(1);
    }

    @Test
    void aTopicThatWasCreatedAnewIsReadFromItsStartWhateverIsCommitted() {
        consumer.commitSync(Map.of(P0, new OffsetAndMetadata(7)));
        member.start();

        member.topicReplaced();
        member.start();

        assertThat(consumer.position(P0)).isZero();
        Assignment first = events.assigned.get(0);
        assertThat(events.jumps).containsExactly(new Jump(first, 7, 0, -1, 0, Jump.Cause.REPLACED));
        consumer.rebalance(List.of());
        consumer.rebalance(List.of(P0));
        member.start();
        assertThat(events.assigned.get(1).position()).isZero();
    }

    @Test
    void aWhileAfterATopicWasCreatedAnewItsCommitsHoldAgain() {
        consumer.commitSync(Map.of(P0, new OffsetAndMetadata(7)));
        member.topicReplaced();
        now += TimeUnit.SECONDS.toNanos(30);

        member.start();

        assertThat(consumer.position(P0)).isEqualTo(7);
    }

    @Test
    void aPollEndsSoonWhenItBringsPartitionsBecauseTheirRecordsAreNotFetchedInIt() {
        assertThat(enough).isOne();

        consumer.rebalance(List.of());

        assertThat(enough).isOne();
    }

    @Test
    void theCommitOfAnAssignmentThatHasEndedIsDropped() {
        member.start();
        Assignment first = events.assigned.get(0);
        consumer.rebalance(List.of());
        consumer.rebalance(List.of(P0));
        member.start();
        events.committed.clear();
        consumer.commitSync(Map.of(P0, new OffsetAndMetadata(9)));

        member.commit(Map.of(first, new Commit(4, "")));

        assertThat(consumer.committed(Set.of(P0)).get(P0).offset()).isEqualTo(9);
        assertThat(events.committed).containsExactly(Map.of());
    }

    @Test
    void whatIsSettledIsCommittedBeforeAHandOverThoughAWakeUpComesLate() {
        member.start();
        events.last = new Commit(7, "settled above");
        consumer.nextError = new WakeupException();

        member.handOverAll();

        assertThat(consumer.committed(Set.of(P0))).containsEntry(P0, new OffsetAndMetadata(7, "settled above"));
    }

    @Test
    void aLostPartitionIsToldAndNotCommitted() {
        member.start();
        events.last = new Commit(7, "");

        member.listener(() -> {}, () -> {}, () -> enough++).onPartitionsLost(List.of(P0));
        member.handOverAll();

        assertThat(events.lost).isEqualTo(events.assigned);
        assertThat(consumer.committed(Set.of(P0))).containsEntry(P0, new OffsetAndMetadata(0));
    }

    @Test
    void theEndsOfPartitionsAreToldWhenAskedFor() {
        member.start();
        Assignment assignment = events.assigned.get(0);
        assertThat(assignment.end()).isNegative();

        member.askForEnds();

        assertThat(assignment.end()).isEqualTo(50);
    }
}
