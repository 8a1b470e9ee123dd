package io.sluice.core.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One consumed record on one attempt to deliver it. Immutable by convention: nobody writes to its arrays, so it crosses
 * the local bus without a copy.
 */
public final class Delivery {
    private final Coordinates coordinates;
    private final long timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<RecordHeader> headers;

    /** Where the record is in Kafka. */
    public record Coordinates(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "/" + partition + "@" + offset;
        }
    }

    /**
     * @param timestamp milliseconds since the epoch
     * @param value null for a tombstone
     * @param headers in the record's order, names may repeat
     */
    public Delivery(
            Coordinates coordinates,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers) {
        this.coordinates = coordinates;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
    }

    public Coordinates coordinates() {
        return coordinates;
    }

    public long timestamp() {
        return timestamp;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    public List<RecordHeader> headers() {
        return headers;
    }

    /** Coordinates only: payloads never reach a log. */
    @Override
    public String toString() {
        return "Delivery[" + coordinates + "]";
    }
}
