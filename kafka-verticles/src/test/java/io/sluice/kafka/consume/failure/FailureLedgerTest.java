package io.sluice.kafka.consume.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.kafka.consume.failure.FailedRecord.Outcome;
import org.junit.jupiter.api.Test;

class FailureLedgerTest {
    private final FailureLedger ledger = new FailureLedger(2);

    @Test
    void theNewestComesFirst() {
        ledger.add(failed(1));
        ledger.add(failed(2));

        assertThat(ledger.newestFirst()).containsExactly(failed(2), failed(1));
    }

    @Test
    void theOldestMakesRoom() {
        ledger.add(failed(1));
        ledger.add(failed(2));
        ledger.add(failed(3));

        assertThat(ledger.newestFirst()).containsExactly(failed(3), failed(2));
    }

    @Test
    void aRecordThatFailsAgainHasOneEntryAndIsTheNewest() {
        ledger.add(failed(1));
        ledger.add(failed(2));
        ledger.add(failed(1));

        assertThat(ledger.newestFirst()).containsExactly(failed(1), failed(2));
    }

    @Test
    void aRedeliveredRecordSaysSo() {
        ledger.add(failed(1));

        ledger.redelivered(at(1), 99);
        ledger.redelivered(at(2), 99);

        assertThat(ledger.newestFirst())
                .containsExactly(new FailedRecord(at(1), 3, 500, "no", "", 99, Outcome.REDELIVERED));
    }

    private static FailedRecord failed(long offset) {
        return new FailedRecord(at(offset), 3, 500, "no", "", 10, Outcome.SKIPPED);
    }

    private static Coordinates at(long offset) {
        return new Coordinates("t", 0, offset);
    }
}
