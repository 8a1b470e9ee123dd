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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error table but for what a broker says: what clients are told, word for word, over POST and PUT. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorIT {
    private static final String INVOKING = "error invoking output binding ";

    private TestGateway gateway;

    @BeforeAll
    void start(TestKafka kafka) {
        String topic = kafka.newTopic(3, Map.of());
        gateway = TestGateway.start(
                Component.output(kafka, "good", topic),
                Component.output(kafka, "small", topic).without("maxMessageBytes"),
                Component.output(kafka, "aimless", topic)
                        .without("publishTopic")
                        .with("direction", "input, output")
                        .with("topics", topic),
                Component.output(kafka, "reader", topic)
                        .with("direction", "input")
                        .with("topics", topic));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("", "EOF"),
                Arguments.of(" \n", "EOF"),
                Arguments.of("[]", "the body must be a JSON object, found an array at byte 0"),
                Arguments.of("\"x\"", "the body must be a JSON object, found a string at byte 0"),
                Arguments.of("{", "expected a member's name or '}', found the end of the body at byte 1"),
                Arguments.of("{\"data\":01}", "expected no digit after a leading zero, found '1' at byte 9"),
                Arguments.of("{\"data\":1,}", "expected a member's name, found '}' at byte 10"),
                Arguments.of("{\"operation\":1}", "operation must be a string, found a number at byte 13"),
                Arguments.of("{\"metadata\":[]}", "metadata must be an object, found an array at byte 12"),
                Arguments.of("{\"metadata\":{\"k\":1}}", "metadata.k must be a string, found a number at byte 17"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aBodyThatIsNoEnvelopeIsMalformed(String body, String detail) {
        assertAnswer("good", body, 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: " + detail);
        assertAnswer("nobody", body, 400, "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: " + detail);
    }

    static Stream<Arguments> refused() {
        String create = "{\"operation\":\"create\",\"data\":1";
        return Stream.of(
                Arguments.of("good", "{\"data\":1}", "operation field is missing from request"),
                Arguments.of("good", "null", "operation field is missing from request"),
                Arguments.of("good", "{\"operation\":null}", "operation field is missing from request"),
                Arguments.of("nobody", "{\"operation\":\"\"}", "operation field is missing from request"),
                Arguments.of("nobody", create + "}", "couldn't find output binding nobody"),
                Arguments.of("reader", create + "}", "couldn't find output binding reader"),
                Arguments.of(
                        "good",
                        "{\"operation\":\"Create\"}",
                        "binding good does not support operation Create. supported operations:create"),
                Arguments.of(
                        "good",
                        "{\"operation\":\"a\\\"\\n\\u0000é\"}",
                        "binding good does not support operation a\"\n\0é. supported operations:create"),
                Arguments.of(
                        "aimless",
                        create + "}",
                        "kafka server: The request attempted to perform an operation on an invalid topic"),
                Arguments.of(
                        "good",
                        create + ",\"metadata\":{\"valueSchemaType\":\"Avro\"}}",
                        "schema registry details not set"),
                Arguments.of(
                        "good",
                        create + ",\"metadata\":{\"VALUESCHEMATYPE\":\"Protobuf\"}}",
                        "error parsing schema type. 'Protobuf' is not a supported value"),
                Arguments.of(
                        "good",
                        create + ",\"metadata\":{\"partitionNumber\":\"-1\"}}",
                        "partitionNumber must be non-negative, got -1"),
                Arguments.of(
                        "good",
                        create + ",\"metadata\":{\"partitionNumber\":\"3\"}}",
                        "partition number 3 is out of range, topic has 3 partitions"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aCallThatCannotBeDoneIsRefused(String binding, String body, String detail) {
        assertRefused(binding, body, detail);
    }

    @Test
    void aPartitionNumberThatIsNoNumberIsRefused() {
        String body = "{\"operation\":\"create\",\"metadata\":{\"partitionNumber\":\"x\"}}";

        HttpResponse<String> answer = gateway.call("good", body);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .startsWith(INVOKING + "good: invalid partitionNumber metadata value \"x\": ");
    }

    @Test
    void aRecordLargerThanTheSeedsDefaultIsRefusedWithBothSizesAndTheField() {
        String small = "\"" + "x".repeat(800) + "\"";
        String large = "\"" + "x".repeat(1023) + "\"";

        assertThat(gateway.call("small", TestGateway.envelope(small)).statusCode())
                .isEqualTo(204);
        HttpResponse<String> answer = gateway.call("small", TestGateway.envelope(large));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .startsWith(INVOKING + "small: kafka: invalid configuration (Attempt to produce message larger than"
                        + " configured Producer.MaxMessageBytes: ")
                .containsPattern("MaxMessageBytes: 1\\d\\d\\d > 1024\\)")
                .contains("maxMessageBytes");
    }

    @Test
    void baggageThatIsNoneIsMalformed() {
        HttpResponse<String> answer = gateway.send(
                "POST", "/v1.0/bindings/good", TestGateway.envelope("1").getBytes(UTF_8), "baggage", "a b");

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_MALFORMED_REQUEST");
        assertThat(error.getString("message")).startsWith("invalid baggage header: ");
    }

    @Test
    void anyOtherMethodOrPathIsTakenForACallOfAnApp() {
        for (HttpResponse<String> answer : List.of(
                gateway.send("POST", "/v1.0/bindings", new byte[0]),
                gateway.send("POST", "/v1.0/bindings/good/more", new byte[0]),
                gateway.get("/"))) {
            Answers.assertError(
                    answer,
                    404,
                    "ERR_DIRECT_INVOKE",
                    "failed getting app id either from the URL path or the header dapr-app-id");
        }
    }

    private void assertRefused(String binding, String body, String detail) {
        assertAnswer(binding, body, 500, "ERR_INVOKE_OUTPUT_BINDING", INVOKING + binding + ": " + detail);
    }

    private void assertAnswer(String binding, String body, int status, String code, String message) {
        for (String method : List.of("POST", "PUT")) {
            HttpResponse<String> answer = gateway.send(method, "/v1.0/bindings/" + binding, body.getBytes(UTF_8));
            Answers.assertError(answer, status, code, message);
        }
    }
}
