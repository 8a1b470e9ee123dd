package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.budget.ByteBudget;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PollMemoryTest {
    private static final int MIB = 1024 * 1024;

    private final ByteBudget budget = new ByteBudget(16 * MIB);
    private final PollMemory memory = new PollMemory(budget, 4 * MIB, 8 * MIB);

    @Test
    void aPollEndsWhenItHasBroughtEnough() {
        memory.begin();

        assertThat(recordsUntilItEnds(MIB)).isEqualTo(3);
        memory.begin();
        assertThat(recordsUntilItEnds(4 * MIB)).isOne();
    }

    @Test
    void aPollEndsWhenMoreThanIsLeftWouldBeTaken() {
        budget.reserve(14 * MIB);
        memory.begin();

        assertThat(recordsUntilItEnds(200 * 1024)).isEqualTo(5);
        assertThat(budget.free()).isPositive();
    }

    @Test
    void theFirstRecordOfAPollIsTakenWhateverIsFree() {
        budget.reserve(20 * MIB);
        memory.begin();

        assertThat(recordsUntilItEnds(MIB)).isOne();
    }

    @Test
    void whatAPollHasTakenIsHandedOverAndNothingElseIsLeftReserved() {
        memory.begin();
        deserialize(1_000, 200);
        deserialize(0, 100);

        long bytes = memory.handOver();

        assertThat(bytes).isEqualTo(1_300 + 2 * PollMemory.OVERHEAD);
        assertThat(budget.reserved()).isEqualTo(bytes);
        memory.begin();
        assertThat(budget.reserved()).isEqualTo(bytes);
        memory.release(bytes);
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aPollThatBringsNothingToAnybodyLeavesNothingReserved() {
        memory.begin();
        deserialize(10, 1_000);
        assertThat(budget.reserved()).isPositive();

        memory.begin();

        assertThat(budget.reserved()).isZero();
    }

    @Test
    void headersCountToo() {
        memory.begin();
        var headers = new RecordHeaders().add("name", new byte[1_000]).add("none", null);

        memory.values().deserialize("t", headers, ByteBuffer.allocate(10));

        assertThat(memory.handOver()).isEqualTo(PollMemory.OVERHEAD + 1_018);
    }

    @Test
    void aRecordLargerThanAnyCanBeIsNotReadAndTheRemedyIsTold() {
        memory.begin();

        assertThatThrownBy(() -> deserialize(0, 8 * MIB + 1))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("8388609 bytes")
                .hasMessageContaining("-Xmx");
        assertThat(budget.reserved()).isZero();
    }

    private int recordsUntilItEnds(int size) {
        for (int records = 0; ; records++) {
            try {
                deserialize(0, size);
            } catch (SerializationException enough) {
                return records;
            }
        }
    }

    private void deserialize(int key, int value) {
        var headers = new RecordHeaders();
        assertThat(memory.keys().deserialize("t", headers, ByteBuffer.allocate(key)))
                .hasSize(key);
        assertThat(memory.values().deserialize("t", headers, ByteBuffer.allocate(value)))
                .hasSize(value);
    }
}
