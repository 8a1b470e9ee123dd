package io.sluice.kafka.consume.courier;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.RecordHeader;
import io.sluice.kafka.schema.avro.AvroMismatch;
import io.sluice.kafka.schema.registry.WriterSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A record as it is delivered by a binding that decodes. */
final class DecodedDelivery {
    /** Ours: a record that brings it cannot pretend anything. */
    private static final String MARK = "sluice-avro";
    /** Of the bytes in Kafka, not of the JSON that they become. */
    private static final String CONTENT_TYPE = "content-type";

    private DecodedDelivery() {}

    /** With JSON for a value. */
    static Delivery of(Delivery delivery, WriterSchema schema) throws AvroMismatch {
        byte[] json = schema.decode(Objects.requireNonNull(delivery.value()));
        return with(delivery, json, without(delivery, MARK, CONTENT_TYPE));
    }

    /** With a value that is not what it should be, and a header that says so. */
    static Delivery raw(Delivery delivery) {
        List<RecordHeader> headers = without(delivery, MARK);
        headers.add(new RecordHeader(MARK, "raw".getBytes(StandardCharsets.UTF_8)));
        return with(delivery, Objects.requireNonNull(delivery.value()), headers);
    }

    private static Delivery with(Delivery delivery, byte[] value, List<RecordHeader> headers) {
        return new Delivery(delivery.coordinates(), delivery.timestamp(), delivery.key(), value, headers);
    }

    private static List<RecordHeader> without(Delivery delivery, String... names) {
        var headers = new ArrayList<>(delivery.headers());
        for (String name : names) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        }
        return headers;
    }
}
