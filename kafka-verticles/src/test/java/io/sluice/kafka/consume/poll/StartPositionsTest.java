package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.ConsumerSettings.InitialOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartPositionsTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);
    private static final TopicPartition P2 = new TopicPartition("t", 2);

    private final Map<TopicPartition, OffsetAndMetadata> group = new HashMap<>();
    private final Broker broker = new Broker();

    /** A topic whose partitions begin at 10 and end at 50, and a group that several members share. */
    private final class Broker extends MockConsumer<byte[], byte[]> {
        private int partitions = 2;
        private boolean away;
        private boolean woken;
        private @Nullable Node leaderOfP1 = new Node(1, "b", 1);
        private Runnable afterEnds = () -> {};
        /** Where the first record is that came after the decision, null when none came. */
        private @Nullable Long sinceTheDecision;

        private int looks;

        Broker() {
            super("none");
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            looks++;
            if (away) {
                throw new TimeoutException("no answer");
            }
            var all = new ArrayList<PartitionInfo>();
            IntStream.range(0, partitions)
                    .forEach(i -> all.add(
                            new PartitionInfo(topic, i, i == 1 ? leaderOfP1 : new Node(1, "b", 1), null, null)));
            return all;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> asked, Duration timeout) {
            var known = new HashMap<TopicPartition, OffsetAndMetadata>();
            asked.forEach(partition -> known.put(partition, group.get(partition)));
            return known;
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            group.putAll(offsets);
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                java.util.Collection<TopicPartition> asked, Duration timeout) {
            var ends = new HashMap<TopicPartition, Long>();
            asked.forEach(partition -> ends.put(partition, 50L));
            afterEnds.run();
            return ends;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            var found = new HashMap<TopicPartition, OffsetAndTimestamp>();
            times.forEach((partition, time) -> found.put(
                    partition, sinceTheDecision == null ? null : new OffsetAndTimestamp(sinceTheDecision, time)));
            return found;
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(
                java.util.Collection<TopicPartition> asked, Duration timeout) {
            if (woken) {
                woken = false;
                throw new WakeupException();
            }
            var starts = new HashMap<TopicPartition, Long>();
            asked.forEach(partition -> starts.put(partition, 10L));
            return starts;
        }
    }

    private StartPositions positions(InitialOffset initial) {
        var positions = new StartPositions(broker, "t", initial, () -> 0);
        positions.look();
        return positions;
    }

    @Test
    void theInitialOffsetDecidesForAllPartitionsOfTheTopicAndIsCommittedForAll() {
        assertThat(positions(InitialOffset.NEWEST).of(Set.of(P0))).isEqualTo(Map.of(P0, at(50)));

        assertThat(group).isEqualTo(Map.of(P0, at(50), P1, at(50)));
    }

    @Test
    void theOldestIsCommittedAsWell() {
        assertThat(positions(InitialOffset.OLDEST).of(Set.of(P0))).isEqualTo(Map.of(P0, at(10)));

        assertThat(group).isEqualTo(Map.of(P0, at(10), P1, at(10)));
    }

    @Test
    void aPartitionWithoutACommitBesideOneThatHasOneBeginsAtItsStart() {
        group.put(P0, at(7));

        assertThat(positions(InitialOffset.NEWEST).of(Set.of(P1))).isEqualTo(Map.of(P1, at(10)));

        assertThat(group).isEqualTo(Map.of(P0, at(7), P1, at(10)));
    }

    @Test
    void aWakeUpThatComesLateKeepsNoPartitionFromItsStart() {
        group.put(P0, at(7));
        broker.woken = true;

        assertThat(positions(InitialOffset.NEWEST).of(Set.of(P1))).isEqualTo(Map.of(P1, at(10)));
    }

    @Test
    void whatTheOtherMemberDecidedMeanwhileHolds() {
        broker.afterEnds = () -> group.putAll(Map.of(P0, at(48), P1, at(49)));

        assertThat(positions(InitialOffset.NEWEST).of(Set.of(P1))).isEqualTo(Map.of(P1, at(49)));

        assertThat(group).isEqualTo(Map.of(P0, at(48), P1, at(49)));
    }

    @Test
    void aPartitionThatIsAddedLaterBeginsAtItsStart() {
        StartPositions positions = positions(InitialOffset.NEWEST);
        positions.of(Set.of(P0, P1));
        broker.partitions = 3;

        assertThat(positions.of(Set.of(P2))).isEqualTo(Map.of(P2, at(10)));
    }

    @Test
    void aTopicThatIsMadeAnewBeginsAtItsStart() {
        StartPositions positions = positions(InitialOffset.NEWEST);
        positions.of(Set.of(P0, P1));
        group.clear();

        assertThat(positions.of(Set.of(P0, P1))).isEqualTo(Map.of(P0, at(10), P1, at(10)));
    }

    @Test
    void aTopicThatWasNotThereWhenTheMemberCameBeginsAtItsStart() {
        broker.partitions = 0;
        StartPositions positions = positions(InitialOffset.NEWEST);
        broker.partitions = 1;

        assertThat(positions.of(Set.of(P0))).isEqualTo(Map.of(P0, at(10)));
    }

    @Test
    void whetherTheTopicIsThereIsAskedUntilABrokerAnswersAndNoLonger() {
        broker.away = true;
        StartPositions positions = positions(InitialOffset.NEWEST);
        positions.look();
        broker.away = false;
        positions.look();
        positions.look();

        assertThat(broker.looks).isEqualTo(3);
    }

    @Test
    void aPartitionWithoutALeaderKeepsNoOtherWaitingAndBeginsWhereItWasAtTheDecision() {
        broker.leaderOfP1 = null;
        StartPositions positions = positions(InitialOffset.NEWEST);

        assertThat(positions.of(Set.of(P0, P1))).isEqualTo(Map.of(P0, at(50)));
        broker.leaderOfP1 = new Node(1, "b", 1);
        broker.sinceTheDecision = 44L;
        assertThat(positions.of(Set.of(P1))).isEqualTo(Map.of(P1, at(44)));
        assertThat(positions.of(Set.of(P1))).as("when it is made anew").isEqualTo(Map.of(P1, at(10)));
    }

    @Test
    void aPartitionWithoutALeaderToWhichNothingCameSinceTheDecisionBeginsAtItsEnd() {
        broker.leaderOfP1 = null;
        StartPositions positions = positions(InitialOffset.NEWEST);
        positions.of(Set.of(P0, P1));

        broker.leaderOfP1 = new Node(1, "b", 1);

        assertThat(positions.of(Set.of(P1))).isEqualTo(Map.of(P1, at(50)));
    }

    @Test
    void aPartitionWithoutALeaderBeginsAtItsStartWithTheOldest() {
        broker.leaderOfP1 = null;
        StartPositions positions = positions(InitialOffset.OLDEST);
        positions.of(Set.of(P0, P1));

        broker.leaderOfP1 = new Node(1, "b", 1);

        assertThat(positions.of(Set.of(P1))).isEqualTo(Map.of(P1, at(10)));
    }

    private static OffsetAndMetadata at(long offset) {
        return new OffsetAndMetadata(offset);
    }
}
