package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.DeliverySettings.Ordering;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyLanesTest {
    private static final int NOW = 1_000;

    private KeyLanes<String> lanes = new KeyLanes<>(Ordering.KEY, 10, 1_000);
    private long nextOffset;

    @Test
    void orderingByPartitionHasOneRecordInFlight() {
        lanes = new KeyLanes<>(Ordering.PARTITION, 10, 1_000);
        add("a");
        add("b");

        List<HeldRecord<String>> first = dispatchAll();
        assertThat(offsets(first)).containsExactly(0L);
        lanes.remove(first.get(0));
        assertThat(offsets(dispatchAll())).containsExactly(1L);
    }

    @Test
    void recordsOfOneKeyGoOneAfterTheOtherAndKeysSideBySide() {
        add("a");
        add("b");
        add("a");

        List<HeldRecord<String>> first = dispatchAll();
        assertThat(offsets(first)).containsExactly(0L, 1L);
        lanes.remove(first.get(0));
        assertThat(offsets(dispatchAll())).containsExactly(2L);
    }

    @Test
    void recordsWithoutAKeyWaitForNobody() {
        add(null);
        add(null);
        add("");
        add("");

        assertThat(offsets(dispatchAll())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void withoutOrderingRecordsOfOneKeyGoTogether() {
        lanes = new KeyLanes<>(Ordering.NONE, 10, 1_000);
        add("a");
        add("a");

        assertThat(offsets(dispatchAll())).containsExactly(0L, 1L);
    }

    @Test
    void noMoreGoThanMayBeInFlight() {
        lanes = new KeyLanes<>(Ordering.KEY, 2, 1_000);
        add("a");
        add("b");
        add("c");

        assertThat(dispatchAll()).hasSize(2);
        assertThat(lanes.inFlight()).isEqualTo(2);
    }

    @Test
    void aRecordLargerThanTheByteBudgetGoesAloneAndIsNotOvertaken() {
        lanes = new KeyLanes<>(Ordering.KEY, 10, 25);
        add("a", 10);
        add("large", 100);
        add("b", 10);

        List<HeldRecord<String>> first = dispatchAll();
        assertThat(offsets(first)).containsExactly(0L);
        lanes.remove(first.get(0));
        List<HeldRecord<String>> large = dispatchAll();
        assertThat(offsets(large)).containsExactly(1L);
        lanes.remove(large.get(0));
        assertThat(offsets(dispatchAll())).containsExactly(2L);
    }

    @Test
    void aBusyKeyDoesNotStarveTheOthers() {
        lanes = new KeyLanes<>(Ordering.KEY, 1, 1_000);
        for (int i = 0; i < 4; i++) {
            add("busy");
        }
        add("b");
        add("c");

        var order = new ArrayList<Long>();
        for (HeldRecord<String> next = lanes.next(NOW); next != null; next = lanes.next(NOW)) {
            order.add(next.offset());
            lanes.remove(next);
        }

        assertThat(order).containsExactly(0L, 4L, 5L, 1L, 2L, 3L);
    }

    @Test
    void aLaneThatWaitsForARetryHoldsUpOnlyItself() {
        add("a");
        add("a");
        add("b");
        List<HeldRecord<String>> first = dispatchAll();

        lanes.retry(first.get(0), NOW + 50, true);
        lanes.remove(first.get(1));
        add("b");

        assertThat(offsets(dispatchAll())).containsExactly(3L);
        assertThat(lanes.nextRetryAt()).hasValue(NOW + 50);
        assertThat(lanes.next(NOW + 49)).isNull();
        assertThat(lanes.next(NOW + 50)).isSameAs(first.get(0));
    }

    @Test
    void aBlockedLaneIsVisibleUntilItsRecordIsDoneWith() {
        add("a");
        add("a");
        HeldRecord<String> poison = dispatchAll().get(0);

        lanes.block(poison, "refused", NOW);

        var seen = new ArrayList<Lane<String>>();
        lanes.forEachBlocked(seen::add);
        assertThat(seen).singleElement().satisfies(lane -> {
            assertThat(lane.first()).isSameAs(poison);
            assertThat(lane.blockReason).isEqualTo("refused");
            assertThat(lane.blockedSince).isEqualTo(NOW);
        });
        assertThat(dispatchAll()).isEmpty();

        lanes.remove(poison);
        assertThat(offsets(dispatchAll())).containsExactly(1L);
    }

    @Test
    void aForgottenRecordInFlightKeepsItsLaneUntilItsResultIsIn() {
        add("a");
        HeldRecord<String> old = dispatchAll().get(0);
        lanes.forget(old);
        add("a");

        assertThat(dispatchAll()).isEmpty();
        lanes.remove(old);
        assertThat(offsets(dispatchAll())).containsExactly(1L);
    }

    private void add(@Nullable String key) {
        add(key, 10);
    }

    private void add(@Nullable String key, int bytes) {
        byte[] ownCopy = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        var record = new HeldRecord<>(nextOffset++, ownCopy, bytes, "record", NOW);
        lanes.add(record);
    }

    private List<HeldRecord<String>> dispatchAll() {
        var dispatched = new ArrayList<HeldRecord<String>>();
        for (HeldRecord<String> next = lanes.next(NOW); next != null; next = lanes.next(NOW)) {
            dispatched.add(next);
        }
        return dispatched;
    }

    private static List<Long> offsets(List<HeldRecord<String>> records) {
        return records.stream().map(HeldRecord::offset).toList();
    }
}
