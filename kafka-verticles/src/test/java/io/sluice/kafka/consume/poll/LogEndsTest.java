package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.consume.poll.Jump.Cause;
import io.sluice.kafka.consume.progress.Commit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEndsTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Assignment assignment = new Assignment(P0, Commit.NONE, 0);
    private final LogEnds ends = new LogEnds(consumer);

    @BeforeEach
    void aLogFrom40To70() {
        consumer.assign(List.of(P0));
        consumer.updateBeginningOffsets(Map.of(P0, 40L));
        consumer.updateEndOffsets(Map.of(P0, 70L));
    }

    @Test
    void belowTheStartOfTheLogReadingGoesOnThere() {
        assertThat(after(outOfRange(12))).containsExactly(new Jump(assignment, 12, 40, -1, 28, Cause.REMOVED));
        assertThat(consumer.position(P0)).isEqualTo(40);
    }

    @Test
    void aboveItsEndReadingGoesOnAtTheStartAndNeverAtTheEnd() {
        assertThat(after(outOfRange(100))).containsExactly(new Jump(assignment, 100, 40, -1, 30, Cause.SHORTER));
        assertThat(consumer.position(P0)).isEqualTo(40);
    }

    @Test
    void whereTheLogWasCutReadingGoesOn() {
        assertThat(after(cutAt(new OffsetAndMetadata(50, Optional.of(3), ""))))
                .containsExactly(new Jump(assignment, 100, 50, 3, 50, Cause.CUT));
        assertThat(consumer.position(P0)).isEqualTo(50);
    }

    @Test
    void aCutBelowTheStartOfTheLogIsTheStart() {
        assertThat(after(cutAt(new OffsetAndMetadata(30, Optional.of(3), ""))))
                .containsExactly(new Jump(assignment, 100, 40, -1, 30, Cause.SHORTER));
    }

    @Test
    void ofAPartitionThatIsNotRunningNothingIsSaid() {
        assertThat(ends.goOnAfter(outOfRange(12), Map.of())).isEmpty();
    }

    private List<Jump> after(OffsetOutOfRangeException gone) {
        return ends.goOnAfter(gone, Map.of(P0, assignment));
    }

    private static OffsetOutOfRangeException outOfRange(long offset) {
        return new OffsetOutOfRangeException(Map.of(P0, offset));
    }

    private static LogTruncationException cutAt(OffsetAndMetadata divergent) {
        return new LogTruncationException("cut", Map.of(P0, 100L), Map.of(P0, divergent));
    }
}
