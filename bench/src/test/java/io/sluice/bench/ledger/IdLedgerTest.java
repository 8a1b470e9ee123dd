package io.sluice.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdLedgerTest {
    private final IdLedger ledger = new IdLedger();

    @Test
    void everyAcknowledgedRecordThatIsStoredOnceBalances() {
        issue(3);
        acknowledge(0, 1, 2);
        store(2, 0, 1);

        assertThat(ledger.balance()).isEqualTo(new Balance(3, 3, 0, 0, 0, 0));
        assertThat(ledger.balance().clean()).isTrue();
    }

    @Test
    void anAcknowledgedRecordThatIsNotStoredIsMissing() {
        issue(3);
        acknowledge(0, 1, 2);
        store(0, 2);

        assertThat(ledger.balance()).isEqualTo(new Balance(3, 2, 1, 0, 0, 0));
        assertThat(ledger.balance().clean()).isFalse();
    }

    @Test
    void aMissingRecordIsNotMadeUpForByADuplicate() {
        issue(2);
        acknowledge(0, 1);
        store(0, 0);

        assertThat(ledger.balance()).isEqualTo(new Balance(2, 1, 1, 0, 1, 0));
    }

    @Test
    void aStoredRecordWhoseRequestFailedIsToldButNoLoss() {
        issue(2);
        acknowledge(0);
        store(0, 1);

        assertThat(ledger.balance()).isEqualTo(new Balance(1, 1, 0, 1, 0, 0));
        assertThat(ledger.balance().clean()).isTrue();
    }

    @Test
    void aRecordThatWasNeverSentIsAStranger() {
        issue(1);
        store(-1, 1);

        assertThat(ledger.balance()).isEqualTo(new Balance(0, 0, 0, 0, 0, 2));
        assertThat(ledger.balance().clean()).isFalse();
    }

    private void issue(int count) {
        for (int id = 0; id < count; id++) {
            assertThat(ledger.issue()).isEqualTo(id);
        }
    }

    private void acknowledge(int... ids) {
        for (int id : ids) {
            ledger.acknowledge(id);
        }
    }

    private void store(int... ids) {
        for (int id : ids) {
            ledger.store(id);
        }
    }
}
