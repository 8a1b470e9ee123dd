package io.sluice.kafka.produce;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a record is for Kafka: what its producer compares with {@code max.request.size}, the upper bound of a batch
 * with only this record in it (Kafka's record format 2, uncompressed).
 */
final class RecordSize {
    private static final int BATCH_HEADER = 61;
    /** The longest a record's length, attributes, timestamp delta and offset delta can be. */
    private static final int RECORD_HEADER = 21;

    private RecordSize() {}

    static int of(ProducerRecord<byte[], byte[]> record) {
        int size = BATCH_HEADER + RECORD_HEADER + sized(record.key()) + sized(record.value());
        int headers = 0;
        for (Header header : record.headers()) {
            int name = Utils.utf8Length(header.key());
            size += ByteUtils.sizeOfVarint(name) + name + sized(header.value());
            headers++;
        }
        return size + ByteUtils.sizeOfVarint(headers);
    }

    private static int sized(byte @Nullable [] bytes) {
        return bytes == null ? 1 : ByteUtils.sizeOfVarint(bytes.length) + bytes.length;
    }
}
