package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.consume.poll.Jump.Cause;
import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadablePartitionsTest {
    private final Assignment first = assignment(1);
    private final Assignment second = assignment(11);
    private final Assignment third = assignment(12);
    private final List<Assignment> all = List.of(first, second, third);
    private final List<Long> positionsPolled = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            positionsPolled.add(position(first.partition()));
            return super.poll(timeout);
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (away) {
                throw new TimeoutException("no answer");
            }
            return super.endOffsets(partitions, timeout);
        }
    };
    private final Told told = new Told();
    private long now = 5;
    private boolean away;
    private final UnreadablePartitions unreadable = new UnreadablePartitions(consumer, told, () -> now);

    private static Assignment assignment(int partition) {
        return new Assignment(new TopicPartition("t", partition), Commit.NONE, 0);
    }

    @BeforeEach
    void assign() {
        consumer.assign(all.stream().map(Assignment::partition).toList());
        all.forEach(assignment -> {
            consumer.seek(assignment.partition(), 20);
            consumer.updateEndOffsets(Map.of(assignment.partition(), 50L));
        });
    }

    @Test
    void thePartitionThatAFailureNamesIsHeldAndTheOthersGoOn() {
        assertThat(unreadable.failed(damaged("t-1"), all)).isTrue();

        assertThat(unreadable.readable(all)).containsExactly(second, third);
        assertThat(consumer.paused()).containsExactly(first.partition());
        assertThat(first.unreadable()).isEqualTo(new Unreadable(20, "checksum of t-1"));
        assertThat(told.unreadable).containsExactly(first);
    }

    @Test
    void aFailureThatIsNotOfRecordsIsLeftToOthers() {
        assertThat(unreadable.failed(new KafkaException("the group is out of order"), all))
                .isFalse();
        assertThat(unreadable.failed(new TopicAuthorizationException("t-1"), all))
                .isFalse();
        assertThat(unreadable.readable(all)).isEqualTo(all);
    }

    @Test
    void whatNamesNoPartitionIsFoundByPollingEachAlone() {
        var missing = new NoClassDefFoundError("a codec");
        assertThat(unreadable.failed(missing, all)).isTrue();
        assertThat(unreadable.readable(all)).containsExactly(first);
        unreadable.polled(ConsumerRecords.empty());
        assertThat(unreadable.readable(all)).containsExactly(second);

        assertThat(unreadable.failed(missing, all)).isTrue();

        assertThat(unreadable.readable(all)).containsExactly(first, third);
        assertThat(told.unreadable).containsExactly(second);
    }

    @Test
    void theErrorThatMadeSuspectsIsTheReasonWhenOneOfThemIsNamed() {
        unreadable.failed(new OutOfMemoryError("a record of 200 MB"), all);
        unreadable.readable(all);

        assertThat(unreadable.failed(new KafkaException("cannot fetch the next record from t-1"), all))
                .isTrue();

        assertThat(first.unreadable()).isEqualTo(new Unreadable(20, "a record of 200 MB"));
    }

    @Test
    void aFailureThatDoesNotComeAgainHoldsNobody() {
        unreadable.failed(new NoClassDefFoundError("a codec"), all);
        all.forEach(assignment -> unreadable.polled(ConsumerRecords.empty()));

        assertThat(unreadable.readable(all)).isEqualTo(all);
        assertThat(told.unreadable).isEmpty();
    }

    @Test
    void aHeldPartitionIsTriedAgainAfterAMinuteAndToldOnce() {
        unreadable.failed(damaged("t-1"), all);
        now += TimeUnit.SECONDS.toNanos(60);
        assertThat(unreadable.readable(all)).isEqualTo(all);
        assertThat(consumer.position(first.partition())).isEqualTo(20);
        assertThat(positionsPolled).containsExactly(21L);

        unreadable.failed(damaged("t-1"), all);

        assertThat(unreadable.readable(all)).containsExactly(second, third);
        assertThat(told.unreadable).containsExactly(first);
    }

    @Test
    void aHeldPartitionThatCanBeReadAgainIsToldOf() {
        unreadable.failed(damaged("t-1"), all);
        now += TimeUnit.SECONDS.toNanos(60);

        unreadable.polled(readTo(first, 21));

        assertThat(unreadable.readable(all)).isEqualTo(all);
        assertThat(first.unreadable()).isNull();
        assertThat(told.readable).containsExactly(first);
        assertThat(told.jumps).isEmpty();
    }

    @Test
    void aRequestSkipsWhatCannotBeReadAndNoMore() {
        unreadable.failed(damaged("t-1"), all);

        assertThat(unreadable.skip(first.partition(), 20)).isTrue();
        assertThat(unreadable.readable(all)).isEqualTo(all);
        unreadable.failed(damaged("t-1"), all);
        unreadable.failed(damaged("t-1"), all);
        unreadable.polled(readTo(first, 24));

        assertThat(consumer.position(first.partition())).isEqualTo(23);
        assertThat(told.jumps).containsExactly(new Jump(first, 20, 23, Commit.NO_EPOCH, 3, Cause.SKIPPED));
        assertThat(told.readable).containsExactly(first);
    }

    @Test
    void skippingEndsAtTheEndOfTheLogSoThatLaterDamageIsToldAgain() {
        consumer.seek(first.partition(), 49);
        unreadable.failed(damaged("t-1"), all);

        assertThat(unreadable.skip(first.partition(), 49)).isTrue();

        assertThat(told.jumps).containsExactly(new Jump(first, 49, 50, Commit.NO_EPOCH, 1, Cause.SKIPPED));
        unreadable.failed(damaged("t-1"), all);
        assertThat(told.unreadable).containsExactly(first, first);
    }

    @Test
    void onlyTheRecordThatHoldsAPartitionCanBeSkipped() {
        unreadable.failed(damaged("t-1"), all);

        assertThat(unreadable.skip(first.partition(), 19)).isFalse();
        assertThat(unreadable.skip(second.partition(), 20)).isFalse();
    }

    @Test
    void whenTheEndIsNotKnownOnlyTheRecordItselfIsSkipped() {
        unreadable.failed(damaged("t-1"), all);
        away = true;

        assertThat(unreadable.skip(first.partition(), 20)).isTrue();

        assertThat(told.jumps).containsExactly(new Jump(first, 20, 21, Commit.NO_EPOCH, 1, Cause.SKIPPED));
        assertThat(consumer.position(first.partition())).isEqualTo(21);
    }

    @Test
    void aHeldPartitionThatIsToBeReadElsewhereMeanwhileIsTriedThere() {
        unreadable.failed(damaged("t-1"), all);
        consumer.seek(first.partition(), 3);
        now += TimeUnit.SECONDS.toNanos(60);

        unreadable.readable(all);

        assertThat(consumer.position(first.partition())).isEqualTo(3);
    }

    @Test
    void aHeldPartitionMayBeHandedOverJustWhenItIsTriedAgain() {
        unreadable.failed(damaged("t-1"), all);
        now += TimeUnit.SECONDS.toNanos(60);
        consumer.schedulePollTask(() -> consumer.assign(List.of(second.partition(), third.partition())));

        unreadable.readable(all);

        assertThat(unreadable.readable(List.of(second, third))).containsExactly(second, third);
    }

    @Test
    void aTopicThatWasCreatedAnewHoldsNothing() {
        unreadable.failed(damaged("t-1"), all);

        unreadable.topicReplaced();

        assertThat(unreadable.readable(all)).isEqualTo(all);
        assertThat(first.unreadable()).isNull();
        assertThat(told.readable).containsExactly(first);
        assertThat(told.jumps).isEmpty();
    }

    @Test
    void aPartitionThatWasHandedOverIsForgotten() {
        unreadable.failed(damaged("t-1"), all);
        Assignment again = assignment(1);

        assertThat(unreadable.readable(List.of(again, second))).containsExactly(again, second);
    }

    private static KafkaException damaged(String partition) {
        return new KafkaException(
                "Received exception when fetching the next record from " + partition + ". If needed, seek past it",
                new KafkaException("checksum of " + partition));
    }

    private static ConsumerRecords<byte[], byte[]> readTo(Assignment assignment, long position) {
        return new ConsumerRecords<>(Map.of(), Map.of(assignment.partition(), new OffsetAndMetadata(position)));
    }

    private static final class Told implements PollEvents {
        private final List<Assignment> unreadable = new ArrayList<>();
        private final List<Assignment> readable = new ArrayList<>();
        private final List<Jump> jumps = new ArrayList<>();

        @Override
        public void idle(boolean topicExists) {}

        @Override
        public void assigned(List<Assignment> assignments) {}

        @Override
        public void polled(long number, ConsumerRecords<byte[], byte[]> records, Runnable taken) {}

        @Override
        public void jumped(List<Jump> moved) {
            jumps.addAll(moved);
        }

        @Override
        public void unreadable(Assignment assignment) {
            unreadable.add(assignment);
        }

        @Override
        public void readable(Assignment assignment) {
            readable.add(assignment);
        }

        @Override
        public CompletionStage<Map<Assignment, Commit>> revoked(List<Assignment> assignments) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void lost(List<Assignment> assignments) {}

        @Override
        public void committed(Map<Assignment, Commit> commits, @Nullable Throwable error) {}

        @Override
        public void ended(@Nullable Throwable failure) {}
    }
}
