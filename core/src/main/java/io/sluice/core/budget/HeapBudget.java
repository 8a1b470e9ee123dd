package io.sluice.core.budget;

/**
 * What parts of a gateway may hold of the heap; the one place where that is shared out. The rest is for the gateway's own
 * objects, for what is copied on its way in and out, and for the collector.
 *
 * <pre>
 *   calls        a quarter    requests without an answer: their bodies and what is around them, of all APIs and of the bus
 *   deliveries   an eighth    records that were polled and are not settled, of all input bindings
 *   fetches      an eighth    what consumers have fetched and not polled
 *   buffer       an eighth    the buffer of one Kafka producer, at most 64 MiB
 * </pre>
 *
 * @param fetches in bytes
 * @param buffer in bytes
 */
public record HeapBudget(ByteBudget calls, ByteBudget deliveries, long fetches, long buffer) {
    /** What a call costs beside what it brings, in bytes, measured: its objects here, on the bus and in Kafka's client. */
    public static final int CALL = 7 * 1024;

    private static final long LARGEST_BUFFER = 64L * 1024 * 1024;

    /** @param heap in bytes */
    public static HeapBudget of(long heap) {
        return new HeapBudget(
                new ByteBudget(heap / 4), new ByteBudget(heap / 8), heap / 8, Math.min(LARGEST_BUFFER, heap / 8));
    }

    /** That of this process. */
    public static HeapBudget ofProcess() {
        return of(Runtime.getRuntime().maxMemory());
    }
}
