package io.sluice.kafka.produce;

import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;

/**
 * Room for the calls that wait for Kafka through one pair of producers. A call takes its record's bytes of the producers'
 * buffer, and of the memory for calls these bytes and what everything around them costs, however small the record:
 *
 * <pre>
 *   calls of bindings alike ──► buffer of their producers ──► their part of the memory ──► memory for all calls
 * </pre>
 *
 * A cluster that stands still so takes no more than its part, and leaves the rest to others. A call that came through an API of
 * this gateway has its place in the memory for all calls since it came in. Safe for use from any thread.
 */
final class CallRoom {
    private final ByteBudget buffer;
    private final ByteBudget part;
    private final ByteBudget calls;

    /**
     * @param bufferBytes of records
     * @param calls the memory for all calls; two thirds of it for those of one pair of producers
     */
    CallRoom(long bufferBytes, ByteBudget calls) {
        this.buffer = new ByteBudget(bufferBytes);
        this.part = new ByteBudget(calls.limit() / 3 * 2);
        this.calls = calls;
    }

    /**
     * Takes room for a call with a record of {@code size} bytes, or nothing and false when there is not enough.
     *
     * @param counted whether the call has its place in the memory for all calls already
     */
    boolean tryTake(int size, boolean counted) {
        long weight = size + HeapBudget.CALL;
        if (!buffer.tryReserve(size)) {
            return false;
        }
        if (!part.tryReserve(weight)) {
            buffer.release(size);
            return false;
        }
        if (!counted && !calls.tryReserve(weight)) {
            part.release(weight);
            buffer.release(size);
            return false;
        }
        return true;
    }

    /** Gives back what such a call took. */
    void giveBack(int size, boolean counted) {
        long weight = size + HeapBudget.CALL;
        if (!counted) {
            calls.release(weight);
        }
        part.release(weight);
        buffer.release(size);
    }
}
