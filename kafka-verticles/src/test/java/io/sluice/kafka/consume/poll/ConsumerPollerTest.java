package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.budget.HeapBudget;
import io.sluice.kafka.consume.Inputs;
import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsumerPollerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch woken = new CountDownLatch(1);
    private final Ended ended = new Ended();
    private final InputMemory memory = new InputMemory(HeapBudget.ofProcess());

    /** What is to be paused and resumed was looked at already, and the poll would last a second. */
    @Test
    void aWakeUpJustBeforeThePollIsNotLost() throws Exception {
        var between = new BetweenTurns();
        var poller =
                new ConsumerPoller(Inputs.with().binding(), "topic", Duration.ZERO, false, memory, polled -> between);
        between.act = poller::wake;

        poller.start(ended);

        assertThat(woken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        poller.close();
        assertThat(ended.failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
    }

    /** All partitions are full, so that it polls only each second. */
    @Test
    void commitsAreHeardOfWhileTheThreadWaitsForRoom() throws Exception {
        var full = new Full();
        var poller = new ConsumerPoller(Inputs.with().binding(), "t", Duration.ZERO, false, memory, polled -> full);
        poller.start(ended);
        Assignment assignment = ended.assigned.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assignment.full(true);
        poller.wake();

        poller.commit(Map.of(assignment, new Commit(5, "")));

        assertThat(ended.committed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .containsEntry(assignment, new Commit(5, ""));
        assertThat(full.heardIn).containsExactly("a commit of nothing");
        poller.close();
        assertThat(ended.failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
    }

    /** Answers commits when it is called, as Kafka's consumer does. */
    private static final class Full extends MockConsumer<byte[], byte[]> {
        private static final TopicPartition P0 = new TopicPartition("t", 0);

        private final List<String> heardIn = new CopyOnWriteArrayList<>();
        private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
        private boolean joined;

        private Full() {
            super("earliest");
            updatePartitions("t", List.of(new PartitionInfo("t", 0, new Node(1, "b", 1), null, null)));
            updateBeginningOffsets(Map.of(P0, 0L));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (!joined) {
                joined = true;
                rebalance(List.of(P0));
            }
            answer("poll");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            return super.poll(Duration.ZERO);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (callback == null) {
                super.commitAsync(offsets, null);
            } else {
                answers.add(() -> callback.onComplete(offsets, null));
            }
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (offsets.isEmpty()) {
                answer("a commit of nothing");
            } else {
                super.commitSync(offsets, timeout);
            }
        }

        private void answer(String where) {
            for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
                heardIn.add(where);
                next.run();
            }
        }
    }

    /** Does something, once, when the poller asks what is paused. */
    private final class BetweenTurns extends MockConsumer<byte[], byte[]> {
        private final AtomicBoolean acted = new AtomicBoolean();
        private volatile Runnable act = () -> {};

        private BetweenTurns() {
            super("earliest");
        }

        @Override
        public Set<TopicPartition> paused() {
            if (acted.compareAndSet(false, true)) {
                act.run();
            }
            return super.paused();
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            try {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                return super.poll(timeout);
            } catch (WakeupException e) {
                woken.countDown();
                throw e;
            }
        }
    }

    private static final class Ended implements PollEvents {
        private final CompletableFuture<@Nullable Throwable> failure = new CompletableFuture<>();
        private final CompletableFuture<Assignment> assigned = new CompletableFuture<>();
        private final CompletableFuture<Map<Assignment, Commit>> committed = new CompletableFuture<>();

        @Override
        public void idle(boolean topicExists) {}

        @Override
        public void assigned(List<Assignment> assignments) {
            assignments.forEach(assigned::complete);
        }

        @Override
        public void jumped(List<Jump> jumps) {}

        @Override
        public void polled(long number, ConsumerRecords<byte[], byte[]> records, Runnable taken) {
            taken.run();
        }

        @Override
        public void unreadable(Assignment assignment) {}

        @Override
        public void readable(Assignment assignment) {}

        @Override
        public CompletionStage<Map<Assignment, Commit>> revoked(List<Assignment> assignments) {
            return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public void lost(List<Assignment> assignments) {}

        @Override
        public void committed(Map<Assignment, Commit> commits, @Nullable Throwable error) {
            committed.complete(commits);
        }

        @Override
        public void ended(@Nullable Throwable cause) {
            failure.complete(cause);
        }
    }
}
