package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordMapperTest {
    private static final byte[] VALUE = bytes("{\"a\": 1.0}");

    @Test
    void theValueIsTheRequestsOwnBytes() {
        assertThat(map(Bindings.with(), VALUE, Map.of()).value()).isSameAs(VALUE);
    }

    @Test
    void noDataIsATombstoneWithItsKey() {
        var record = map(Bindings.with(), null, Map.of("partitionKey", "k"));

        assertThat(record.value()).isNull();
        assertThat(record.key()).isEqualTo(bytes("k"));
    }

    @Test
    void aRecordWithoutMetadataHasNoKeyNoHeadersAndNoPartition() {
        var record = map(Bindings.with(), VALUE, Map.of());

        assertThat(record.topic()).isEqualTo("orders-topic");
        assertThat(record.key()).isNull();
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(record.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"partitionKey", "__key"})
    void eitherNameGivesTheKey(String name) {
        assertThat(map(Bindings.with(), VALUE, Map.of(name, "Ünï")).key()).isEqualTo(bytes("Ünï"));
    }

    @Test
    void partitionKeyWinsOverKey() {
        var record = map(Bindings.with(), VALUE, Map.of("__key", "second", "partitionKey", "first"));

        assertThat(record.key()).isEqualTo(bytes("first"));
    }

    @Test
    void anEmptyKeyIsAKey() {
        assertThat(map(Bindings.with(), VALUE, Map.of("partitionKey", "")).key())
                .isEmpty();
    }

    @Test
    void keyNamesAreCaseSensitive() {
        assertThat(map(Bindings.with(), VALUE, Map.of("partitionkey", "k")).key())
                .isNull();
    }

    @Test
    void everyMetadataEntryIsAHeaderInOrder() {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("partitionKey", "k");
        metadata.put("traceparent", "00-1");
        metadata.put("ü", "ß");
        metadata.put("empty", "");

        assertThat(headers(map(Bindings.with(), VALUE, metadata)))
                .containsExactly("partitionKey=k", "traceparent=00-1", "ü=ß", "empty=");
    }

    @Test
    void excludedMetadataIsNoHeaderButKeepsItsMeaning() {
        var bindings = Bindings.with();
        bindings.excludeHeaders = "Key$|^x-";

        var record = map(bindings, VALUE, Map.of("partitionKey", "k", "x-1", "a", "max-x-1", "b"));

        assertThat(headers(record)).containsExactly("max-x-1=b");
        assertThat(record.key()).isEqualTo(bytes("k"));
    }

    @ParameterizedTest
    @CsvSource({"0.10.2.0, false", "0.11.0.0, true", "2.0.0, true"})
    void headersAreSentSinceKafka011(String version, boolean sent) {
        var bindings = Bindings.with();
        bindings.version = version;

        assertThat(headers(map(bindings, VALUE, Map.of("a", "b"))).isEmpty()).isEqualTo(!sent);
    }

    @Test
    void partitionNumberIsThePartitionAndTheKeyStays() {
        var record = map(Bindings.with(), VALUE, Map.of("partitionNumber", "3", "partitionKey", "k"));

        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.key()).isEqualTo(bytes("k"));
        assertThat(headers(record)).contains("partitionNumber=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "1.5", "99999999999", " 1"})
    void aPartitionNumberThatIsNoIntegerIsRefused(String number) {
        assertThat(refusal(Bindings.with(), VALUE, Map.of("partitionNumber", number)))
                .isEqualTo(new Failure(
                        Reason.INVALID_METADATA,
                        "invalid partitionNumber metadata value \"" + number + "\": not a 32-bit integer"));
    }

    @Test
    void aNegativePartitionNumberIsRefused() {
        assertThat(refusal(Bindings.with(), VALUE, Map.of("partitionNumber", "-1")))
                .isEqualTo(new Failure(Reason.INVALID_METADATA, "partitionNumber must be non-negative, got -1"));
    }

    @Test
    void aBindingWithoutATopicRefuses() {
        var bindings = Bindings.with();
        bindings.topic = null;

        assertThat(refusal(bindings, VALUE, Map.of()))
                .isEqualTo(new Failure(
                        Reason.INVALID_TOPIC,
                        "kafka server: The request attempted to perform an operation on an invalid topic"));
    }

    @Test
    void aRecordOfTheLargestSizeIsAllowedAndOneByteMoreIsNot() {
        var mapper = new RecordMapper(Bindings.with().binding());

        mapper.requireAllowed(1024);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> mapper.requireAllowed(1025))
                .satisfies(refusal -> assertThat(refusal.failure())
                        .isEqualTo(new Failure(
                                Reason.RECORD_TOO_LARGE,
                                "kafka: invalid configuration (Attempt to produce message larger than configured"
                                        + " Producer.MaxMessageBytes: 1025 > 1024); the component's field"
                                        + " maxMessageBytes sets the limit")));
    }

    @Test
    void theSizeIsWhatKafkasProducerCounts() {
        for (int length : new int[] {0, 1, 63, 64, 8_191, 8_192, 100_000}) {
            String text = "ü".repeat(length / 2) + "x".repeat(length % 2);
            for (String key : new String[] {null, text}) {
                var record = new ProducerRecord<>(
                        "t",
                        null,
                        key == null ? null : bytes(key),
                        key == null ? bytes(text) : null,
                        List.of(new TextHeader(text, "v"), new TextHeader("n", text)));
                assertThat(RecordSize.of(record))
                        .isEqualTo(AbstractRecords.estimateSizeInBytesUpperBound(
                                (byte) 2,
                                CompressionType.NONE,
                                record.key(),
                                record.value(),
                                record.headers().toArray()));
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> map(Bindings bindings, byte[] value, Map<String, String> metadata) {
        return new RecordMapper(bindings.binding()).map(new InvokeRequest("create", value, metadata));
    }

    private static Failure refusal(Bindings bindings, byte[] value, Map<String, String> metadata) {
        try {
            map(bindings, value, metadata);
        } catch (Refusal refusal) {
            return refusal.failure();
        }
        throw new AssertionError("not refused");
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
        return java.util.stream.StreamSupport.stream(record.headers().spliterator(), false)
                .map(RecordMapperTest::text)
                .toList();
    }

    private static String text(Header header) {
        return header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
