package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.budget.ByteBudget;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.progress.Commit;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PartitionLaneTest {
    private static final long NOW = 1_700_000_000_000L;

    private final Assignment assignment = new Assignment(P0, Commit.NONE, 0);
    private final PartitionLane lane = lane(8);

    private PartitionLane lane(int room) {
        var binding = Inputs.with();
        binding.channelBufferSize = room;
        var memory = new TopicMemory(new ByteBudget(1_000_000));
        var meters = new PartitionMeters(new SimpleMeterRegistry(), Tags.empty());
        return new PartitionLane(binding.binding(), assignment, memory, meters);
    }

    /** The poller may begin its next poll before anything else happens. */
    @Test
    void aPartitionIsFullAsSoonAsSoManyRecordsAreReceived() {
        receive(0, 7);
        assertThat(assignment.isFull()).isFalse();

        receive(7, 8);

        assertThat(assignment.isFull()).isTrue();
    }

    @Test
    void aFullPartitionGoesOnWhenHalfOfItHasMoved() {
        receive(0, 8);

        for (int settled = 1; settled < 4; settled++) {
            settleOne();
            assertThat(lane.room().update(NOW)).isFalse();
            assertThat(assignment.isFull()).isTrue();
        }
        settleOne();

        assertThat(lane.room().update(NOW)).isTrue();
        assertThat(assignment.isFull()).isFalse();
    }

    private void settleOne() {
        assertThat(lane.settled(lane.next(NOW).orElseThrow())).isTrue();
    }

    private void receive(long from, long to) {
        List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0]))
                .toList();
        lane.received(records, to, NOW);
    }
}
