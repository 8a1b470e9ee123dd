package io.sluice.kafka.consume.poll;

import io.sluice.core.binding.ConsumerSettings;
import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the consumers of a gateway may hold of its heap.
 *
 * <pre>
 *   fetched, not polled     ──► sizes of fetches, by how many partitions there are
 *   polled, not settled     ──► {@link #deliveries}: reserved by the poll, then by the windows of the partitions
 * </pre>
 *
 * Safe for use from any thread.
 */
public final class InputMemory {
    /** Partitions that a topic is taken to have as long as no broker has told it. */
    private static final int FEW_PARTITIONS = 64;
    /** Of what is there for deliveries: one record may need all of it, and more than that while it is on its way. */
    private static final int LARGEST_RECORD = 2;

    private final HeapBudget heap;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

    public InputMemory(HeapBudget heap) {
        this.heap = heap;
    }

    /** For records that are polled and not settled. */
    public ByteBudget deliveries() {
        return heap.deliveries();
    }

    /** Bytes of the largest record that can be delivered. */
    long largestRecord() {
        return LARGEST_RECORD * heap.deliveries().limit();
    }

    /** Bytes for what is fetched and not polled. */
    long fetches() {
        return heap.fetches();
    }

    /** The sizes for a consumer of whose topic nothing is known. */
    FetchSizes fetchSizes(ConsumerSettings settings) {
        return FetchSizes.of(settings, heap.fetches(), Math.max(FEW_PARTITIONS, all()));
    }

    /** The sizes for {@code consumer}, whose topic has so many partitions; known from now on. */
    FetchSizes fetchSizes(ConsumerSettings settings, String consumer, int count) {
        partitions.put(consumer, count);
        return FetchSizes.of(settings, heap.fetches(), Math.max(FEW_PARTITIONS, all()));
    }

    /** There is no such consumer any more. */
    public void gone(String consumer) {
        partitions.remove(consumer);
    }

    private int all() {
        return partitions.values().stream().mapToInt(Integer::intValue).sum();
    }
}
