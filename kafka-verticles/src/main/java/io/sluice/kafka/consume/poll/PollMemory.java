package io.sluice.kafka.consume.poll;

import io.sluice.core.budget.ByteBudget;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bounds what one poll takes of the memory for deliveries. Kafka's consumer asks its deserializers record by record while it
 * unpacks what it has fetched. One that throws ends the poll, which brings the records before that, and is asked for the same
 * record again by the next poll. So a batch that unpacks to hundreds of times what was fetched comes in pieces:
 *
 * <pre>
 *   a record ──┬─ the first of the poll ────────────► taken, whatever is free
 *              ├─ there is room, and some is left ──► taken
 *              ├─ there is none ────────────────────► ends the poll
 *              └─ larger than any can be ───────────► can never be read
 * </pre>
 *
 * Belongs to the poller's thread.
 */
final class PollMemory {
    /** What a record costs beside its bytes, until it is settled. */
    static final int OVERHEAD = 500;
    /** So that not every record asks for room. */
    private static final long AT_ONCE = 256 * 1024;

    private final ByteBudget budget;
    private final long most;
    private final long largest;
    private long reserved;
    private long taken;
    private int records;
    private long keyBytes;

    /**
     * @param most bytes of one poll
     * @param largest bytes of one record
     */
    PollMemory(ByteBudget budget, long most, long largest) {
        this.budget = budget;
        this.most = most;
        this.largest = largest;
    }

    /** A poll begins. */
    void begin() {
        budget.release(reserved);
        reserved = 0;
        taken = 0;
        records = 0;
        keyBytes = 0;
    }

    /** What the poll has taken, in bytes: from now on it is the caller's to release. */
    long handOver() {
        long handedOver = taken;
        budget.release(reserved - handedOver);
        reserved = 0;
        begin();
        return handedOver;
    }

    /** Releases what was handed over; on any thread. */
    void release(long handedOver) {
        budget.release(handedOver);
    }

    Deserializer<byte[]> keys() {
        return new Counting() {
            @Override
            void count(Headers headers, int size) {
                keyBytes += size;
            }
        };
    }

    Deserializer<byte[]> values() {
        return new Counting() {
            @Override
            void count(Headers headers, int size) {
                if (size > largest) {
                    throw new SerializationException("it has " + size + " bytes, and the heap lets a record have "
                            + largest + "; give the gateway more heap (-Xmx)");
                }
                take(OVERHEAD + keyBytes + size + bytes(headers));
            }
        };
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private void take(long bytes) {
        long more = taken + bytes - reserved;
        if (records == 0) {
            budget.reserve(more);
            reserved += more;
        } else if (more > 0) {
            reserve(more);
        }
        taken += bytes;
        records++;
        keyBytes = 0;
    }

    private void reserve(long more) {
        keyBytes = 0;
        if (reserved + more > most) {
            throw new SerializationException("the poll has brought enough");
        }
        if (budget.tryReserve(Math.max(more, AT_ONCE), reserved)) {
            reserved += Math.max(more, AT_ONCE);
        } else if (budget.tryReserve(more, reserved)) {
            reserved += more;
        } else {
            throw new SerializationException("no memory is left for now");
        }
    }

    /** Hands on bytes as they are, unless it throws. */
    private abstract static class Counting implements Deserializer<byte[]> {
        private final Deserializer<byte[]> plain = new ByteArrayDeserializer();

        abstract void count(Headers headers, int size);

        @Override
        public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
            count(headers, data.remaining());
            return plain.deserialize(topic, headers, data);
        }

        @Override
        public byte[] deserialize(String topic, byte[] data) {
            return plain.deserialize(topic, data);
        }
    }
}
