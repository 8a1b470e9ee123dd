package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.consume.progress.Commit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PausingTest {
    private static final int MOST_RECORDS = 10;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Assignment busy = assignment(0);
    private final Assignment other = assignment(1);
    private final List<Assignment> both = List.of(busy, other);
    private long now = 1_000_000;
    private final Pausing pausing = new Pausing(consumer, MOST_RECORDS, () -> now);

    private static Assignment assignment(int partition) {
        return new Assignment(new TopicPartition("t", partition), Commit.NONE, 0);
    }

    @BeforeEach
    void assign() {
        consumer.assign(List.of(busy.partition(), other.partition()));
    }

    @Test
    void aConsumerWhosePartitionsHaveRoomIsPolled() {
        assertThat(pausing.beforePoll(both)).isZero();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aFullPartitionIsGivenTimeToGetRoom() {
        busy.full(true);

        assertThat(millisBeforePoll()).isEqualTo(100);
        pass(60);
        assertThat(millisBeforePoll()).isEqualTo(40);
        busy.full(false);

        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aPartitionThatStaysFullIsPausedAndResumedWhenItHasRoom() {
        busy.full(true);
        pausing.beforePoll(both);
        pass(100);

        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).containsExactly(busy.partition());

        busy.full(false);
        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aFullPartitionIsPausedAtOnceWhileOthersHaveRecordsToBeFetched() {
        consumer.updateEndOffsets(Map.of(other.partition(), 1L));
        consumer.seek(other.partition(), 0);
        busy.full(true);

        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).containsExactly(busy.partition());
    }

    @Test
    void aPausedPartitionIsWaitedForWhenTheOthersHaveComeToTheirEnd() {
        consumer.updateEndOffsets(Map.of(other.partition(), 1L));
        consumer.seek(other.partition(), 0);
        busy.full(true);
        pausing.beforePoll(both);
        pausing.polled(1);
        consumer.seek(other.partition(), 1);
        pass(30);

        assertThat(millisBeforePoll()).isEqualTo(70);
    }

    @Test
    void othersAreAskedForEveryHalfASecondHoweverSoonTheBusyOneHasRoom() {
        for (int i = 0; i < 6; i++) {
            busy.full(true);
            assertThat(millisBeforePoll()).isEqualTo(Math.min(100, 500 - i * 80));
            pass(80);
            busy.full(false);
            assertThat(millisBeforePoll()).isZero();
            pausing.polled(MOST_RECORDS);
        }
        pass(20);
        busy.full(true);

        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).containsExactly(busy.partition());
    }

    @Test
    void aPollThatLeavesNothingBehindHasAskedForAll() {
        pass(490);
        pausing.polled(MOST_RECORDS - 1);
        busy.full(true);

        assertThat(millisBeforePoll()).isEqualTo(100);
    }

    @Test
    void aPollThatWasWokenMayNotHaveAskedForAnybody() {
        pass(490);
        pausing.woken();
        busy.full(true);

        assertThat(millisBeforePoll()).isEqualTo(10);
    }

    @Test
    void whoWaitsForRecordsWaitsForThoseOfAll() {
        pausing.polled(0);
        pass(490);
        pausing.polled(MOST_RECORDS);
        busy.full(true);

        assertThat(millisBeforePoll()).isEqualTo(100);
    }

    @Test
    void aPollWithoutTheFullOnesHasAskedForTheOthersEvenIfItIsWoken() {
        pass(500);
        busy.full(true);
        assertThat(millisBeforePoll()).isZero();
        pausing.woken();
        busy.full(false);
        pausing.beforePoll(both);
        busy.full(true);

        assertThat(millisBeforePoll()).isEqualTo(100);
    }

    @Test
    void aPartitionThatStaysFullKeepsNobodyWaitingAgain() {
        busy.full(true);
        pausing.beforePoll(both);
        pass(100);
        pausing.beforePoll(both);
        pausing.polled(0);

        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).containsExactly(busy.partition());
    }

    @Test
    void nobodyIsKeptWaitingWhenAllAreFull() {
        both.forEach(assignment -> assignment.full(true));
        pausing.polled(0);

        assertThat(millisBeforePoll()).isEqualTo(1000);
        pass(999);
        assertThat(millisBeforePoll()).isEqualTo(1);
        pass(1);
        assertThat(millisBeforePoll()).isZero();
        assertThat(consumer.paused()).hasSize(2);
    }

    @Test
    void aPartitionThatIsGoneIsForgotten() {
        busy.full(true);
        pausing.beforePoll(both);
        consumer.assign(List.of(other.partition()));

        assertThat(pausing.beforePoll(List.of(other))).isZero();
        assertThat(consumer.paused()).isEmpty();
    }

    private long millisBeforePoll() {
        return TimeUnit.NANOSECONDS.toMillis(pausing.beforePoll(both));
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
