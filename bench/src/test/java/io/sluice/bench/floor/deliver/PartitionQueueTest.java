package io.sluice.bench.floor.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.deliver.Ordering;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The app of these tests answers when the test says so. */
class PartitionQueueTest {
    private final Map<Long, Promise<Void>> open = new LinkedHashMap<>();
    private int low;

    @Test
    void orderedByPartitionOneRecordIsInFlightAtATime() {
        PartitionQueue queue = queue(Ordering.PARTITION);
        add(queue, "a", "b", "c");

        assertThat(open).containsOnlyKeys(0L);
        answer(0);
        assertThat(open).containsOnlyKeys(1L);
        assertThat(queue.position()).isEqualTo(1);
    }

    @Test
    void orderedByKeyTheNextRecordOfAKeyWaitsAndOthersDoNot() {
        PartitionQueue queue = queue(Ordering.KEY);
        add(queue, "a", "a", "b");

        assertThat(open).containsOnlyKeys(0L, 2L);
        answer(0);
        assertThat(open).containsOnlyKeys(2L, 1L);
    }

    @Test
    void onlyWhatIsAnsweredWithoutAGapMayBeCommitted() {
        PartitionQueue queue = queue(Ordering.KEY);
        add(queue, "a", "b", "c");

        answer(1);
        assertThat(queue.position()).isEqualTo(-1);
        answer(0);
        assertThat(queue.position()).isEqualTo(2);
    }

    @Test
    void aRecordThatFailedHoldsItsLaneAndThePosition() {
        PartitionQueue queue = queue(Ordering.KEY);
        add(queue, "a", "a", "b");

        Objects.requireNonNull(open.remove(0L)).fail("refused");
        answer(2);

        assertThat(open).isEmpty();
        assertThat(queue.position()).isEqualTo(-1);
    }

    @Test
    void noMoreThanTheWindowIsInFlight() {
        PartitionQueue queue = queue(Ordering.KEY);
        String[] keys = new String[Ordering.KEY.inFlight() + 1];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "key-" + i;
        }
        add(queue, keys);

        assertThat(open).hasSize(Ordering.KEY.inFlight());
        answer(5);
        assertThat(open).hasSize(Ordering.KEY.inFlight()).containsKey(64L);
    }

    @Test
    void thePollingThreadIsToldOnceWhenTheQueueRunsLow() {
        PartitionQueue queue = queue(Ordering.PARTITION);
        queue.announce(PartitionQueue.LOW - 2);
        add(queue, "a", "b", "c");

        answer(0);
        assertThat(low).isZero();
        answer(1);
        answer(2);
        assertThat(low).isEqualTo(1);
        assertThat(queue.held()).isEqualTo(PartitionQueue.LOW - 2);
    }

    private PartitionQueue queue(Ordering ordering) {
        return new PartitionQueue(ordering, this::post, () -> low++);
    }

    private Future<Void> post(ConsumerRecord<byte[], byte[]> record) {
        Promise<Void> answer = Promise.promise();
        open.put(record.offset(), answer);
        return answer.future();
    }

    private void add(PartitionQueue queue, String... keys) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String key : keys) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            records.add(new ConsumerRecord<>("topic", 0, records.size(), bytes, new byte[0]));
        }
        queue.announce(records.size());
        queue.add(records);
    }

    private void answer(long offset) {
        Objects.requireNonNull(open.remove(offset)).complete();
    }
}
