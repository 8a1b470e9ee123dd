package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bodies of megabytes, through a gateway that allows 16 MiB and one that allows the default 4 MiB. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeBodyIT {
    private static final String PATH = "/v1.0/bindings/large";
    private static final int LIMIT = 16 << 20;

    private TestGateway roomy;
    private TestGateway usual;
    private RecordTap tap;

    @BeforeAll
    void start(TestKafka kafka) {
        String topic = kafka.newTopic(1, Map.of("max.message.bytes", String.valueOf(LIMIT)));
        Component component = Component.output(kafka, "large", topic).with("maxMessageBytes", String.valueOf(LIMIT));
        roomy = TestGateway.start(Map.of(), List.of(component), "--max-body-size=16Mi");
        usual = TestGateway.start(component);
        tap = RecordTap.on(kafka, topic);
    }

    @BeforeEach
    void forgetEarlierRecords() {
        tap.skipToEnd();
    }

    @AfterAll
    void stop() {
        tap.close();
        usual.close();
        roomy.close();
    }

    @Test
    void aMegabyteArrivesWhole() {
        assertArrivesWhole(usual, text(1_000_000));
    }

    @Test
    void tenMegabytesArriveWholeWhereTheyAreAllowed() {
        assertArrivesWhole(roomy, text(10_000_000));
    }

    @Test
    void tenMegabytesInPiecesArriveWhole() {
        String data = text(10_000_000);

        HttpResponse<String> answer = roomy.send("POST", PATH, chunked(TestGateway.envelope(data)));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(new String(tap.next().value(), UTF_8)).isEqualTo(data);
    }

    @Test
    void aBodyThatSaysItIsLargerThanTheLimitIsRefused() {
        byte[] body = TestGateway.envelope(text(10_000_000)).getBytes(UTF_8);

        assertTooLarge(usual.send("POST", PATH, body));
    }

    @Test
    void aBodyInPiecesThatGrowsLargerThanTheLimitIsRefused() {
        assertTooLarge(usual.send("PUT", PATH, chunked(TestGateway.envelope(text(10_000_000)))));
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() {
        String data = text((4 << 20) - TestGateway.envelope(text(0)).length());

        assertArrivesWhole(usual, data);
        assertTooLarge(usual.call("large", TestGateway.envelope(data) + " "));
    }

    @Test
    void aThousandEntriesOfMetadataAreAThousandHeaders() {
        JsonObject metadata = new JsonObject();
        for (int i = 0; i < 1_000; i++) {
            metadata.put("name-" + i, "value-" + i);
        }
        String body = new JsonObject()
                .put("operation", "create")
                .put("metadata", metadata)
                .encode();

        assertThat(usual.call("large", body).statusCode()).isEqualTo(204);

        Map<String, String> headers = HeaderIT.headers(tap.next());
        assertThat(headers).hasSize(1_000).containsEntry("name-0", "value-0").containsEntry("name-999", "value-999");
    }

    private void assertArrivesWhole(TestGateway gateway, String data) {
        assertThat(gateway.call("large", TestGateway.envelope(data)).statusCode())
                .isEqualTo(204);
        assertThat(new String(tap.next().value(), UTF_8)).isEqualTo(data);
    }

    private static void assertTooLarge(HttpResponse<String> answer) {
        Answers.assertError(answer, 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: stream too large");
    }

    /** A JSON text with that many characters inside its quotes, not all the same. */
    private static String text(int length) {
        StringBuilder text = new StringBuilder(length + 2).append('"');
        ThreadLocalRandom.current().ints(length, 'a', 'z' + 1).forEach(c -> text.append((char) c));
        return text.append('"').toString();
    }

    /** A body whose length the client does not know, so that it sends pieces. */
    private static BodyPublisher chunked(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }
}
