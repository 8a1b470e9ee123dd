package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bodies that are the value themselves. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawIT {
    private static final byte[] EVERY_BYTE = everyByte();

    private TestGateway gateway;
    private RecordTap tap;

    @BeforeAll
    void start(TestKafka kafka) {
        String topic = kafka.newTopic();
        gateway = TestGateway.start(Component.output(kafka, "raw", topic));
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
    void everyByteOfTheBodyIsTheValueAndItsTypeAHeader() {
        for (String method : List.of("POST", "PUT")) {
            ConsumerRecord<byte[], byte[]> record = produce(method, "", EVERY_BYTE, "content-type", "image/png");

            assertThat(record.value()).isEqualTo(EVERY_BYTE);
            assertThat(record.key()).isNull();
            assertThat(HeaderIT.headers(record)).isEqualTo(Map.of("content-type", "image/png"));
        }
    }

    @Test
    void anEmptyBodyIsAnEmptyValueAndNoTombstone() {
        ConsumerRecord<byte[], byte[]> record = produce("POST", "", new byte[0]);

        assertThat(record.value()).isNotNull().isEmpty();
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void bytesThatLookLikeAnEnvelopeOrNullAreJustBytes() {
        for (String body : List.of("null", " {\"operation\":\"create\",\"data\":1} ", "\uFEFF")) {
            assertThat(produce("POST", "", body.getBytes(UTF_8)).value()).isEqualTo(body.getBytes(UTF_8));
        }
    }

    @Test
    void metadataComesFromTheQueryAndFromHeaders() {
        ConsumerRecord<byte[], byte[]> record = produce(
                "POST",
                "?metadata.partitionKey=a%20key&metadata.Twice=query&other=1",
                new byte[] {1},
                "metadata.fromHeader",
                "h",
                "metadata.Twice",
                "header",
                "x-custom",
                "1");

        assertThat(record.key()).isEqualTo("a key".getBytes(UTF_8));
        assertThat(HeaderIT.headers(record))
                .isEqualTo(Map.of("partitionKey", "a key", "Twice", "header", "fromHeader", "h"));
    }

    @Test
    void theKeyMayComeAsAHeaderInAnyCase() {
        assertThat(produce("PUT", "", new byte[] {1}, "Metadata.PartitionKey", "k")
                        .key())
                .isEqualTo("k".getBytes(UTF_8));
    }

    @Test
    void errorsAreThoseOfTheOtherPath() {
        HttpResponse<String> unknown = gateway.send("POST", "/v1.0-sluice/bindings/nobody/raw", new byte[] {1});
        HttpResponse<String> large = send("POST", "", new byte[200_000]);
        HttpResponse<String> tooLong = send("POST", "", new byte[5 << 20]);

        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(unknown.body()).getString("message"))
                .isEqualTo("error invoking output binding nobody: couldn't find output binding nobody");
        assertThat(large.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(large.body()).getString("message")).contains("> 100000");
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(tooLong.body()).getString("message")).endsWith("stream too large");
    }

    private ConsumerRecord<byte[], byte[]> produce(String method, String query, byte[] body, String... headers) {
        HttpResponse<String> answer = send(method, query, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        return tap.next();
    }

    private HttpResponse<String> send(String method, String query, byte[] body, String... headers) {
        return gateway.send(method, "/v1.0-sluice/bindings/raw/raw" + query, body, headers);
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
