package io.sluice.kafka.consume;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Kafka's records in the words of the gateway. */
final class Deliveries {
    /** What a record costs beside its bytes, about: its objects here and in Kafka's client. */
    private static final int OVERHEAD = 500;

    private Deliveries() {}

    static Coordinates coordinates(ConsumerRecord<?, ?> record) {
        return new Coordinates(record.topic(), record.partition(), record.offset());
    }

    static Delivery of(ConsumerRecord<byte[], byte[]> record) {
        return new Delivery(coordinates(record), record.timestamp(), record.key(), record.value(), headers(record));
    }

    private static List<RecordHeader> headers(ConsumerRecord<?, ?> record) {
        var headers = new ArrayList<RecordHeader>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return headers;
    }

    /** What the record counts against byte budgets. */
    static int bytes(ConsumerRecord<?, ?> record) {
        long bytes = OVERHEAD + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
