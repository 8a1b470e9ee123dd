package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.Reason;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeApiTest {
    private static final String PREFIX = "error invoking output binding orders: ";
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aStoredRecordIsAnswered204WithoutABody(String method) {
        var response = call(method, "{\"operation\":\"create\",\"data\":{\"a\": 1.0},\"metadata\":{\"k\":\"v\"}}");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().map()).doesNotContainKeys("content-length", "content-type", "transfer-encoding");
        var request = gateway.producer.onlyRequest();
        assertThat(request.operation()).isEqualTo("create");
        assertThat(request.value()).asString().isEqualTo("{\"a\": 1.0}");
        assertThat(request.metadata()).containsExactly(entry("k", "v"));
    }

    @ParameterizedTest
    @CsvSource({"POST,''", "PUT,''", "POST,{", "PUT,{", "POST,[]", "PUT,[]"})
    void aBodyThatIsNoEnvelopeIsMalformed(String method, String body) {
        var response = call(method, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response, "ERR_MALFORMED_REQUEST"))
                .startsWith("failed deserializing HTTP body: ")
                .satisfies(message -> assertThat(message.endsWith(": EOF")).isEqualTo(body.isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aMissingOperationIsToldBeforeAnUnknownName(String method) {
        var response = gateway.send(method, "/v1.0/bindings/nobody", BodyPublishers.ofString("{\"data\":1}"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(message(response, "ERR_INVOKE_OUTPUT_BINDING"))
                .isEqualTo("error invoking output binding nobody: operation field is missing from request");
    }

    @ParameterizedTest
    @CsvSource({"POST,nobody", "PUT,nobody", "POST,inbox", "PUT,inbox"})
    void aNameThatIsNoOutputBindingIsRefused(String method, String name) {
        var response = gateway.send(method, "/v1.0/bindings/" + name, BodyPublishers.ofString(CREATE));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(message(response, "ERR_INVOKE_OUTPUT_BINDING"))
                .isEqualTo("error invoking output binding " + name + ": couldn't find output binding " + name);
    }

    @Test
    void aNameIsSafeToRepeat() {
        var response = gateway.post("/v1.0/bindings/%22%0A%3Cx%3E", CREATE);

        assertThat(message(response, "ERR_INVOKE_OUTPUT_BINDING")).endsWith("couldn't find output binding \"\n<x>");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheProducerRefusesIsAnsweredInDaprsWords(String method, Failure failure) {
        gateway.producer.answer(request -> new InvokeOutcome.Refused(failure));

        var response = call(method, CREATE);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(message(response, "ERR_INVOKE_OUTPUT_BINDING")).isEqualTo(PREFIX + failure.detail());
    }

    static Stream<Object[]> refusals() {
        return Stream.of(
                        Failure.unsupportedOperation("orders", "get"),
                        new Failure(Reason.KAFKA_REFUSED, "kafka server: Not authorized to access topics"),
                        new Failure(Reason.KAFKA_UNAVAILABLE, "kafka: client has run out of available brokers"),
                        new Failure(
                                Reason.INVALID_TOPIC,
                                "kafka server: The request attempted to perform an operation on an invalid topic"),
                        new Failure(
                                Reason.RECORD_TOO_LARGE,
                                "kafka: invalid configuration (Attempt to produce message larger than configured"
                                        + " Producer.MaxMessageBytes: 2000 > 1024)"),
                        new Failure(Reason.SCHEMA, "schema registry details not set"),
                        new Failure(Reason.INVALID_METADATA, "partitionNumber must be non-negative, got -1"),
                        new Failure(Reason.CLOSED, "component is closed"),
                        Failure.deadlineExceeded())
                .flatMap(failure -> Stream.of(new Object[] {"POST", failure}, new Object[] {"PUT", failure}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aBindingThatNobodyServesIsClosed(String method) {
        var response = gateway.send(method, "/v1.0/bindings/unserved", BodyPublishers.ofString(CREATE));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(message(response, "ERR_INVOKE_OUTPUT_BINDING")).endsWith(": component is closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aProducerWithoutRoomIsAnswered503WithATimeToRetry(String method) {
        gateway.producer.answer(request -> InvokeOutcome.refused(Reason.OVERLOADED, "the buffer is full"));

        var response = call(method, CREATE);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(message(response, "ERR_OVERLOADED")).isEqualTo(PREFIX + "the buffer is full");
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH,/v1.0-sluice/bindings/orders/raw",
        "POST,/v1.0/bindings",
        "POST,/v1.0/bindings/a/b",
        "POST,/v1.0/healthz",
        "PUT,/v1.0/metadata",
        "GET,/"
    })
    void anythingElseIsAnsweredAsACallOfAnotherApp(String method, String path) {
        var response = gateway.send(method, path, BodyPublishers.ofString("{}"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(message(response, "ERR_DIRECT_INVOKE"))
                .isEqualTo("failed getting app id either from the URL path or the header dapr-app-id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/v1.0/bindings/orders|bindings are called with POST or PUT, not with GET",
                "DELETE|/v1.0/bindings/orders|bindings are called with POST or PUT, not with DELETE",
                "OPTIONS|/v1.0/bindings/orders|bindings are called with POST or PUT, not with OPTIONS",
                "POST|/v1.0/publish/pubsub/topic|Sluice has bindings only, no publishing; an output binding writes to"
                        + " its topic",
                "GET|/v1.0/state/store/key|Sluice has bindings only, no state stores; run daprd beside it for that",
                "POST|/v1.0-alpha1/state/store/query|Sluice has bindings only, no state stores; run daprd beside it"
                        + " for that",
                "GET|/v1.0/secrets/store/key|Sluice has bindings only, no secret stores; components take their secrets"
                        + " from files and the environment",
                "GET|/v1.0/invoke/other/method/x|Sluice has bindings only, no service invocation; call the other app"
                        + " at its own address"
            })
    void aCallOfSomethingElseOfDaprsIsToldWhatToUseInstead(String method, String path, String sentence) {
        var response = gateway.send(method, path, BodyPublishers.ofString("{}"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(message(response, "ERR_DIRECT_INVOKE")).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//v1.0//bindings///orders", "/v1.0/bindings/orders/", "/v1.0/bindings/%6Frders"})
    void pathsAreCleaned(String path) {
        assertThat(gateway.post(path, CREATE).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", "no type at all"})
    void theContentTypeIsNotLookedAt(String contentType) {
        assertThat(gateway.post(ORDERS, CREATE, "content-type", contentType).statusCode())
                .isEqualTo(204);
    }

    @Test
    void theTraceOfTheRequestGoesWithTheRecordAndBack() {
        var body = "{\"operation\":\"create\",\"metadata\":{\"traceparent\":\"mine\",\"k\":\"v\"}}";

        var response = gateway.post(ORDERS, body, "traceparent", PARENT, "tracestate", "a=1", "baggage", "b=2");

        assertThat(response.headers().firstValue("traceparent")).hasValue(PARENT);
        assertThat(gateway.producer.onlyRequest().metadata())
                .containsOnly(
                        entry("traceparent", PARENT),
                        entry("k", "v"),
                        entry("tracestate", "a=1"),
                        entry("baggage", "b=2"));
    }

    @Test
    void noTraceIsInvented() {
        var response = gateway.post(ORDERS, CREATE, "traceparent", "nonsense");

        assertThat(response.headers().firstValue("traceparent")).isEmpty();
        assertThat(gateway.producer.onlyRequest().metadata()).isEmpty();
    }

    @Test
    void invalidBaggageIsMalformed() {
        var response = gateway.post(ORDERS, CREATE, "baggage", "a");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response, "ERR_MALFORMED_REQUEST")).startsWith("invalid baggage header: ");
    }

    @Test
    void namesThatClientsMakeUpLeaveNoMeters() {
        gateway.post("/v1.0/bindings/made-up", CREATE);
        gateway.get("/made-up");

        assertThat(gateway.meters.getMeters())
                .isNotEmpty()
                .noneMatch(meter -> meter.getId().toString().contains("made-up"));
    }

    @Test
    void aRequestWithoutAnOutcomeIsAnsweredAtTheDeadline() {
        try (var impatient = new TestGateway(TestGateway.Setup.usual().deadline(Duration.ofMillis(200)))) {
            impatient.producer.answer(request -> null);

            var response = impatient.post(ORDERS, CREATE);

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(message(response, "ERR_INVOKE_OUTPUT_BINDING")).isEqualTo(PREFIX + "context deadline exceeded");
        }
    }

    private HttpResponse<String> call(String method, String body) {
        return gateway.send(method, ORDERS, BodyPublishers.ofString(body));
    }

    private static String message(HttpResponse<String> response, String errorCode) {
        var error = new JsonObject(response.body());
        assertThat(error.fieldNames()).containsExactly("errorCode", "message");
        assertThat(error.getString("errorCode")).isEqualTo(errorCode);
        return error.getString("message");
    }
}
