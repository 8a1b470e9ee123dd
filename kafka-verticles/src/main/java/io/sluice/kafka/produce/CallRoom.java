package io.sluice.kafka.produce;

/**
 * Room for the calls that wait for Kafka through one pair of producers. A call takes its record's bytes of the producers'
 * buffer, and of the heap these bytes and what everything around them costs, however small the record:
 *
 * <pre>
 *   calls of bindings alike ──► buffer of their producers ──► their part of the heap ──► heap for all calls of the gateway
 * </pre>
 *
 * A cluster that stands still so takes no more than its part, and leaves the rest to others. Safe for use from any thread.
 */
final class CallRoom {
    /** What a call costs here beside its record, measured: its objects in the gateway, in Kafka's client and on the bus. */
    static final int OVERHEAD = 4 * 1024;

    private final ByteBudget buffer;
    private final ByteBudget part;
    private final Heap heap;

    /** What the calls of a gateway may hold of the heap. */
    record Heap(ByteBudget all, long partOfOne) {

        /** @param bytes for all; two thirds of it for the calls of one pair of producers */
        static Heap of(long bytes) {
            return new Heap(new ByteBudget(bytes), bytes / 3 * 2);
        }
    }

    /** @param bufferBytes of records */
    CallRoom(long bufferBytes, Heap heap) {
        this.buffer = new ByteBudget(bufferBytes);
        this.part = new ByteBudget(heap.partOfOne);
        this.heap = heap;
    }

    /** Takes room for a call with a record of {@code size} bytes, or nothing and false when there is not enough. */
    boolean tryTake(int size) {
        long weight = size + OVERHEAD;
        if (!buffer.tryTake(size)) {
            return false;
        }
        if (!part.tryTake(weight)) {
            buffer.giveBack(size);
            return false;
        }
        if (!heap.all.tryTake(weight)) {
            part.giveBack(weight);
            buffer.giveBack(size);
            return false;
        }
        return true;
    }

    /** Gives back what a call with a record of {@code size} bytes took. */
    void giveBack(int size) {
        long weight = size + OVERHEAD;
        heap.all.giveBack(weight);
        part.giveBack(weight);
        buffer.giveBack(size);
    }

    /** What all calls of the gateway hold. */
    long takenOfHeap() {
        return heap.all.taken();
    }
}
