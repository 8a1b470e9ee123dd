package io.sluice.core.bus;

/**
 * Items that cross the bus as one message, each with a number that its answer carries back.
 *
 * <p>A batch is not a request with one reply: each item is answered as soon as its own outcome is known, so that a slow
 * one delays nobody else's answer. Batches stay within one process and cross its bus as they are.
 *
 * @param <T> immutable
 */
abstract sealed class Numbered<T> permits InvokeBatch, OutcomeBatch, DeliveryBatch, SettlementBatch {
    private final long[] ids;
    private final T[] items;

    /** Both arrays are of one length and belong to the batch from here on. */
    Numbered(long[] ids, T[] items) {
        if (ids.length != items.length) {
            throw new IllegalArgumentException(ids.length + " ids for " + items.length + " items");
        }
        this.ids = ids;
        this.items = items;
    }

    public final int size() {
        return ids.length;
    }

    /** The number that the asking side gave the item. */
    public final long id(int index) {
        return ids[index];
    }

    final T item(int index) {
        return items[index];
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + ids.length + "]";
    }
}
