package io.sluice.kafka.produce;

import com.google.re2j.Pattern;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.schema.registry.SchemaKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes the record of a call: key, headers and partition come from the call's metadata, as in Dapr. No I/O. */
final class RecordMapper {
    private static final String PARTITION_KEY = "partitionKey";
    private static final String KEY = "__key";
    private static final String PARTITION_NUMBER = "partitionNumber";

    private final String binding;
    private final @Nullable String topic;
    private final boolean withHeaders;
    private final @Nullable Pattern excluded;
    private final SchemaChoice schema;
    private final int maxBytes;

    RecordMapper(KafkaBinding binding) {
        this.binding = binding.name();
        this.topic = binding.publishTopic();
        this.withHeaders = binding.connection().version().hasRecordHeaders();
        this.excluded = binding.producer().excludeHeaders();
        this.schema = new SchemaChoice(binding.schema(), topic == null ? "" : topic);
        this.maxBytes = binding.producer().maxMessageBytes();
    }

    String binding() {
        return binding;
    }

    /**
     * The schema that the record's value is to be encoded with.
     *
     * @return null when the value stays as it is
     * @throws Refusal when the request's metadata makes no sense
     */
    @Nullable
    SchemaKey schema(InvokeRequest request) {
        return schema.of(request);
    }

    /**
     * The record with the request's own value.
     *
     * @throws Refusal when there is no record for this request
     */
    ProducerRecord<byte[], byte[]> map(InvokeRequest request) {
        Map<String, String> metadata = request.metadata();
        Integer partition = partition(metadata.get(PARTITION_NUMBER));
        if (topic == null || topic.isEmpty()) {
            throw new Refusal(KafkaFailures.noTopic());
        }
        return new ProducerRecord<>(topic, partition, key(metadata), request.value(), headers(metadata));
    }

    /**
     * @param size as {@link RecordSize} counts it
     * @throws Refusal when the binding does not take records of this size
     */
    void requireAllowed(int size) {
        if (size > maxBytes) {
            throw refusal(
                    Reason.RECORD_TOO_LARGE,
                    "kafka: invalid configuration (Attempt to produce message larger than configured"
                            + " Producer.MaxMessageBytes: " + size + " > " + maxBytes
                            + "); the component's field maxMessageBytes sets the limit");
        }
    }

    private static byte @Nullable [] key(Map<String, String> metadata) {
        String partitionKey = metadata.get(PARTITION_KEY);
        String key = partitionKey != null ? partitionKey : metadata.get(KEY);
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private List<Header> headers(Map<String, String> metadata) {
        if (!withHeaders || metadata.isEmpty()) {
            return List.of();
        }
        var headers = new ArrayList<Header>(metadata.size());
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (excluded == null || !excluded.matcher(entry.getKey()).find()) {
                headers.add(new TextHeader(entry.getKey(), entry.getValue()));
            }
        }
        return headers;
    }

    private static @Nullable Integer partition(@Nullable String number) {
        if (number == null) {
            return null;
        }
        int partition = parse(number);
        if (partition < 0) {
            throw refusal(Reason.INVALID_METADATA, "partitionNumber must be non-negative, got " + partition);
        }
        return partition;
    }

    private static int parse(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw refusal(
                    Reason.INVALID_METADATA,
                    "invalid partitionNumber metadata value \"" + number + "\": not a 32-bit integer");
        }
    }

    /** The text of behaviour that clients know for a partition that the topic does not have. */
    static Failure partitionOutOfRange(int partition, int partitions) {
        return new Failure(
                Reason.INVALID_METADATA,
                "partition number " + partition + " is out of range, topic has " + partitions + " partitions");
    }

    private static Refusal refusal(Reason reason, String detail) {
        return new Refusal(new Failure(reason, detail));
    }
}
