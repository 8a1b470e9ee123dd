package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of a request's metadata and transport headers. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderIT {
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String FULL = "{\"operation\":\"create\",\"data\":1,\"metadata\":{"
            + "\"partitionKey\":\"k\",\"rawPayload\":\"true\",\"Wörter\":\"grüße 😀\",\"empty\":null,"
            + "\"traceparent\":\"from the client\"}}";

    private TestGateway gateway;
    private RecordTap tap;

    @BeforeAll
    void start(TestKafka kafka) {
        String topic = kafka.newTopic();
        gateway = TestGateway.start(
                Component.output(kafka, "all", topic),
                Component.output(kafka, "some", topic).with("excludeHeaderMetaRegex", "^partition|Wört"),
                Component.output(kafka, "none", topic).with("version", "0.10.2.0"));
        tap = RecordTap.on(kafka, topic);
    }

    @BeforeEach
    void forgetEarlierRecords() {
        tap.skipToEnd();
    }

    @AfterAll
    void stop() {
        tap.close();
        gateway.close();
    }

    @Test
    void everyEntryOfTheMetadataIsAHeader() {
        ConsumerRecord<byte[], byte[]> record = produce("all", FULL);

        assertThat(headers(record))
                .isEqualTo(Map.of(
                        "partitionKey", "k",
                        "rawPayload", "true",
                        "Wörter", "grüße 😀",
                        "empty", "",
                        "traceparent", "from the client"));
    }

    @Test
    void entriesThatAreExcludedAreNoHeadersButKeepTheirEffect() {
        ConsumerRecord<byte[], byte[]> record = produce("some", FULL);

        assertThat(headers(record)).containsOnlyKeys("rawPayload", "empty", "traceparent");
        assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
    }

    @Test
    void aClusterOlderThanHeadersGetsNone() {
        ConsumerRecord<byte[], byte[]> record = produce("none", FULL);

        assertThat(record.headers()).isEmpty();
        assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
    }

    @Test
    void theTraceOfTheRequestBecomesHeadersAndWinsOverTheMetadata() {
        ConsumerRecord<byte[], byte[]> record = produce(
                "all", FULL, "traceparent", TRACEPARENT, "tracestate", "a=1", "tracestate", "b=2", "baggage", "c=3");

        assertThat(headers(record))
                .containsEntry("traceparent", TRACEPARENT)
                .containsEntry("tracestate", "a=1,b=2")
                .containsEntry("baggage", "c=3")
                .containsEntry("partitionKey", "k");
    }

    @Test
    void theAnswerCarriesTheTraceparentOfTheRequest() {
        HttpResponse<String> answer = send("all", FULL, "traceparent", TRACEPARENT);

        assertThat(answer.headers().firstValue("traceparent")).hasValue(TRACEPARENT);
    }

    @Test
    void noOtherTransportHeaderIsCopiedAndNoTraceInvented() {
        ConsumerRecord<byte[], byte[]> record = produce(
                "all",
                "{\"operation\":\"create\",\"data\":1}",
                "content-type",
                "application/json",
                "x-custom",
                "1",
                "metadata.name",
                "2",
                "traceparent",
                "no trace");

        assertThat(record.headers()).isEmpty();
    }

    /** A record's headers as text; one name given twice fails. */
    static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            assertThat(headers.put(header.key(), new String(header.value(), UTF_8)))
                    .as("a second header %s", header.key())
                    .isNull();
        }
        return headers;
    }

    private ConsumerRecord<byte[], byte[]> produce(String binding, String envelope, String... headers) {
        HttpResponse<String> answer = send(binding, envelope, headers);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        return tap.next();
    }

    private HttpResponse<String> send(String binding, String envelope, String... headers) {
        return gateway.send("POST", "/v1.0/bindings/" + binding, envelope.getBytes(UTF_8), headers);
    }
}
