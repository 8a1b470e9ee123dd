package io.sluice.bench.ledger;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * Counts records out to Kafka and in at the app, and watches the order within each lane. One thread issues, another
 * one tells of arrivals and answers. {@link #balance} and {@link #latencies} may be asked by the issuing thread: the
 * latencies once {@link #delivered} covers them, the balance once the app is closed.
 */
public final class DeliveryLedger {
    private static final int NONE = -1;

    private final long[] dueAt;
    private final IntUnaryOperator laneOf;
    private int issued;

    private final long[] arrivedAt;
    private final BitSet arrived = new BitSet();
    private final int[] lastOfLane;
    private final int[] openOfLane;
    private int duplicates;
    private int outOfOrder;
    private int overlapping;
    private int strangers;
    private volatile int delivered;

    /**
     * A ledger of nothing yet.
     *
     * @param capacity how many records will be issued at most
     * @param lanes how many lanes there are
     * @param laneOf the lane of an id, from 0: the records that must stay in order with each other, in order of ids
     */
    public DeliveryLedger(int capacity, int lanes, IntUnaryOperator laneOf) {
        this.dueAt = new long[capacity];
        this.arrivedAt = new long[capacity];
        this.laneOf = laneOf;
        this.lastOfLane = filled(lanes);
        this.openOfLane = filled(lanes);
    }

    private static int[] filled(int lanes) {
        int[] ids = new int[lanes];
        Arrays.fill(ids, NONE);
        return ids;
    }

    /**
     * The next id, from 0.
     *
     * @param due when it is meant to be produced, in {@link System#nanoTime}'s nanoseconds
     */
    public int issue(long due) {
        dueAt[issued] = due;
        return issued++;
    }

    public int issued() {
        return issued;
    }

    /**
     * Notes an arrival.
     *
     * @param value the record's, with its id
     * @return what to tell {@link #answer}
     */
    public int arrive(byte[] value, long now) {
        long number = RecordIds.numberIn(value);
        if (number < 0 || number >= dueAt.length) {
            strangers++;
            return NONE;
        }
        int id = (int) number;
        int lane = laneOf.applyAsInt(id);
        if (openOfLane[lane] != NONE) {
            overlapping++;
        }
        openOfLane[lane] = id;
        noteArrival(id, lane, now);
        return id;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others read
    private void noteArrival(int id, int lane, long now) {
        if (arrived.get(id)) {
            duplicates++;
            return;
        }
        arrived.set(id);
        arrivedAt[id] = now;
        if (id < lastOfLane[lane]) {
            outOfOrder++;
        }
        lastOfLane[lane] = Math.max(id, lastOfLane[lane]);
        delivered++;
    }

    /** Notes that the arrival is about to be answered: the next one of its lane may come. */
    public void answer(int id) {
        if (id != NONE) {
            openOfLane[laneOf.applyAsInt(id)] = NONE;
        }
    }

    /** How many different records have arrived. Any thread. */
    public int delivered() {
        return delivered;
    }

    /** Nanoseconds from due to the first arrival, of the records from an id to before another. */
    public Histogram latencies(int from, int to) {
        var nanos = new Histogram(3);
        for (int id = from; id < to; id++) {
            nanos.recordValue(Math.max(0, arrivedAt[id] - dueAt[id]));
        }
        return nanos;
    }

    public DeliveryBalance balance() {
        int known = arrived.get(0, issued).cardinality();
        int early = arrived.cardinality() - known;
        return new DeliveryBalance(
                issued, known, issued - known, duplicates, outOfOrder, overlapping, (long) strangers + early);
    }
}
