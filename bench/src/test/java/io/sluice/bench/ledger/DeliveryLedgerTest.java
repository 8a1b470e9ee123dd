package io.sluice.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Even and odd ids are the two lanes. */
class DeliveryLedgerTest {
    private final DeliveryLedger ledger = new DeliveryLedger(10, 2, id -> id % 2);

    @Test
    void recordsThatArriveInTheOrderOfTheirLanesBalance() {
        issue(4);

        deliver(1, 3, 0, 2);

        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(4, 4, 0, 0, 0, 0, 0));
        assertThat(ledger.balance().clean()).isTrue();
    }

    @Test
    void aRecordThatNeverArrivesIsLost() {
        issue(3);

        deliver(0, 1);

        assertThat(ledger.delivered()).isEqualTo(2);
        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(3, 2, 1, 0, 0, 0, 0));
        assertThat(ledger.balance().clean()).isFalse();
    }

    @Test
    void aDuplicateIsToldButNeitherAnOffenceNorAReplacementForALostRecord() {
        issue(2);

        deliver(0, 0);

        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(2, 1, 1, 1, 0, 0, 0));
        deliver(1, 0);
        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(2, 2, 0, 2, 0, 0, 0));
        assertThat(ledger.balance().clean()).isTrue();
    }

    @Test
    void aFirstArrivalAfterALaterRecordOfItsLaneIsOutOfOrder() {
        issue(4);

        deliver(2, 0, 1, 3);

        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(4, 4, 0, 0, 1, 0, 0));
        assertThat(ledger.balance().clean()).isFalse();
    }

    @Test
    void anArrivalBeforeTheLastOneOfItsLaneIsAnsweredOverlaps() {
        issue(3);

        int first = arrive(0);
        ledger.answer(arrive(1));
        ledger.answer(arrive(2));
        ledger.answer(first);

        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(3, 3, 0, 0, 0, 1, 0));
        assertThat(ledger.balance().clean()).isFalse();
    }

    @Test
    void whatWasNeverProducedIsAStranger() {
        issue(1);

        deliver(0, 5, 77);
        ledger.answer(ledger.arrive(new byte[0], 0));

        assertThat(ledger.balance()).isEqualTo(new DeliveryBalance(1, 1, 0, 0, 0, 0, 3));
        assertThat(ledger.balance().clean()).isFalse();
    }

    @Test
    void aLatencyRunsFromDueToTheFirstArrival() {
        ledger.issue(0);
        ledger.issue(1_000);
        ledger.arrive(value(0), 500);
        ledger.arrive(value(1), 1_900);
        ledger.arrive(value(1), 9_000);

        assertThat(ledger.latencies(1, 2).getMaxValue()).isEqualTo(900);
        assertThat(ledger.latencies(0, 2).getTotalCount()).isEqualTo(2);
    }

    private void issue(int count) {
        for (int id = 0; id < count; id++) {
            assertThat(ledger.issue(0)).isEqualTo(id);
        }
    }

    private void deliver(int... ids) {
        for (int id : ids) {
            ledger.answer(arrive(id));
        }
    }

    private int arrive(int id) {
        return ledger.arrive(value(id), 1);
    }

    private static byte[] value(int id) {
        return ("{\"id\":" + id + ",\"more\":1}").getBytes(StandardCharsets.US_ASCII);
    }
}
