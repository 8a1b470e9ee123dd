package io.sluice.bench.floor.deliver;

import io.sluice.bench.deliver.Ordering;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one partition between poll and answer: a lane per key, or one for all; one record of a lane in
 * flight; what is answered without a gap may be committed. The event loop owns it, except where said.
 */
final class PartitionQueue {
    static final int FULL = 2000;
    static final int LOW = 1000;

    private static final ByteBuffer ONE_LANE = ByteBuffer.allocate(0);

    private final Ordering ordering;
    private final Function<ConsumerRecord<byte[], byte[]>, Future<Void>> app;
    private final Runnable onLow;
    private final Deque<Entry> byOffset = new ArrayDeque<>();
    private final Map<ByteBuffer, Deque<Entry>> lanes = new HashMap<>();
    private final Deque<Deque<Entry>> ready = new ArrayDeque<>();
    private final AtomicInteger held = new AtomicInteger();
    private int inFlight;
    private volatile long position = -1;

    /**
     * A queue of nothing yet.
     *
     * @param app completes on the event loop once the app has acknowledged the record
     * @param onLow told when {@link #held} falls below {@link #LOW}
     */
    PartitionQueue(Ordering ordering, Function<ConsumerRecord<byte[], byte[]>, Future<Void>> app, Runnable onLow) {
        this.ordering = ordering;
        this.app = app;
        this.onLow = onLow;
    }

    private static final class Entry {
        private final ConsumerRecord<byte[], byte[]> record;
        private boolean answered;

        private Entry(ConsumerRecord<byte[], byte[]> record) {
            this.record = record;
        }
    }

    /** To be told before {@link #add}, by the polling thread. */
    void announce(int records) {
        held.addAndGet(records);
    }

    /** Records that were announced and not yet answered. Any thread. */
    int held() {
        return held.get();
    }

    /** The offset to commit, or -1. Any thread. */
    long position() {
        return position;
    }

    void add(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var entry = new Entry(record);
            byOffset.add(entry);
            Deque<Entry> lane = lanes.computeIfAbsent(laneOf(record), key -> new ArrayDeque<>(2));
            lane.add(entry);
            if (lane.size() == 1) {
                ready.add(lane);
            }
        }
        dispatch();
    }

    private ByteBuffer laneOf(ConsumerRecord<byte[], byte[]> record) {
        return ordering == Ordering.KEY ? ByteBuffer.wrap(record.key()) : ONE_LANE;
    }

    private void dispatch() {
        while (inFlight < ordering.inFlight() && !ready.isEmpty()) {
            Deque<Entry> lane = ready.remove();
            Entry entry = lane.element();
            inFlight++;
            // A record that failed stays unanswered: nothing after it is committed and the runner finds it missing.
            app.apply(entry.record)
                    .onSuccess(answered -> answered(lane, entry))
                    .onFailure(failure -> System.out.println("offset " + entry.record.offset() + ": " + failure));
        }
    }

    private void answered(Deque<Entry> lane, Entry entry) {
        inFlight--;
        lane.remove();
        if (!lane.isEmpty()) {
            ready.add(lane);
        } else {
            lanes.remove(laneOf(entry.record));
        }
        advance(entry);
        if (held.decrementAndGet() == LOW - 1) {
            onLow.run();
        }
        dispatch();
    }

    private void advance(Entry entry) {
        entry.answered = true;
        while (!byOffset.isEmpty() && byOffset.element().answered) {
            position = byOffset.remove().record.offset() + 1;
        }
    }
}
