package io.sluice.kafka.consume.failure;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.RecordHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record in a dead-letter topic: key, value and headers as they were, and where it came from and why in
 * headers of its own.
 */
final class DeadLetter {
    private static final String PREFIX = "sluice.dlq.";
    private static final String TOPIC = PREFIX + "topic";
    private static final String PARTITION = PREFIX + "partition";
    private static final String OFFSET = PREFIX + "offset";
    private static final String TIMESTAMP = PREFIX + "timestamp";

    private DeadLetter() {}

    static ProducerRecord<byte[], byte[]> of(
            String binding, Delivery delivery, FailedRecord failed, String topic, LetterForm form) {
        var headers = new RecordHeaders();
        for (RecordHeader header : delivery.headers()) {
            // A record that was a dead letter before tells of its last failure only.
            if (!header.name().startsWith(PREFIX)) {
                headers.add(header.name(), header.value());
            }
        }
        if (form.hasCoordinates()) {
            Coordinates at = delivery.coordinates();
            put(headers, TOPIC, at.topic());
            put(headers, PARTITION, at.partition());
            put(headers, OFFSET, at.offset());
        }
        if (form.hasStory()) {
            put(headers, PREFIX + "binding", binding);
            put(headers, TIMESTAMP, delivery.timestamp());
            put(headers, PREFIX + "attempts", failed.attempts());
            put(headers, PREFIX + "status", failed.status());
        }
        if (form.hasReason()) {
            headers.add(PREFIX + "reason", form.reason(failed.reason()));
        }
        return new ProducerRecord<>(topic, null, delivery.key(), delivery.value(), headers);
    }

    private static void put(RecordHeaders headers, String name, Object value) {
        headers.add(name, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }

    /** The record that the dead letter is of, under its own coordinates if the headers tell them. */
    static Delivery original(Delivery letter) {
        List<RecordHeader> headers = letter.headers().stream()
                .filter(header -> !header.name().startsWith(PREFIX))
                .toList();
        Coordinates at = Objects.requireNonNullElse(coordinates(letter), letter.coordinates());
        long timestamp = Objects.requireNonNullElse(number(letter, TIMESTAMP), letter.timestamp());
        return new Delivery(at, timestamp, letter.key(), letter.value(), headers);
    }

    private static @Nullable Coordinates coordinates(Delivery letter) {
        String topic = text(letter, TOPIC);
        Long partition = number(letter, PARTITION);
        Long offset = number(letter, OFFSET);
        if (topic == null || partition == null || offset == null || partition != partition.intValue()) {
            return null;
        }
        return new Coordinates(topic, partition.intValue(), offset);
    }

    private static @Nullable Long number(Delivery letter, String name) {
        String text = text(letter, name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String text(Delivery letter, String name) {
        return letter.headers().stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .map(RecordHeader::text)
                .orElse(null);
    }
}
