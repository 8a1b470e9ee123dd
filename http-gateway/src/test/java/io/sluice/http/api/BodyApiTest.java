package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.http.FakeProducer;
import io.sluice.http.Waiting;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyApiTest {
    private static final String OVERLOADED = "too many wait for Kafka";
    private static final String TOO_LARGE =
            "{\"errorCode\":\"ERR_MALFORMED_REQUEST\",\"message\":\"failed deserializing HTTP body: stream too"
                    + " large\"}";
    private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aBodyAboveTheLimitIsRefusedByItsContentLength(String method) {
        try (var gateway = new TestGateway(Setup.usual().maxBodySize(CREATE.length()))) {
            var fits = gateway.send(method, ORDERS, BodyPublishers.ofString(CREATE));
            var tooLarge = gateway.send(method, ORDERS, BodyPublishers.ofString(CREATE + " "));

            assertThat(fits.statusCode()).isEqualTo(204);
            assertThat(tooLarge.statusCode()).isEqualTo(400);
            assertThat(tooLarge.body()).isEqualTo(TOO_LARGE);
            assertThat(gateway.producer.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aChunkedBodyAboveTheLimitIsRefusedWhileItIsRead(String method) {
        try (var gateway = new TestGateway(Setup.usual().maxBodySize(CREATE.length()))) {
            var fits = gateway.send(method, ORDERS, chunked(CREATE));
            var tooLarge = gateway.send(method, ORDERS, chunked(CREATE + " ".repeat(100_000)));

            assertThat(fits.statusCode()).isEqualTo(204);
            assertThat(tooLarge.statusCode()).isEqualTo(400);
            assertThat(tooLarge.body()).isEqualTo(TOO_LARGE);
        }
    }

    @Test
    void aTooLargeBodyIsRefusedBeforeItIsSent() throws Exception {
        try (var gateway = new TestGateway();
                var connection = gateway.connect()) {
            connection.send("POST " + ORDERS + HEAD + "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");

            assertThat(connection.readResponse()).startsWith("http/1.1 400 ").endsWith(TOO_LARGE);
        }
    }

    @Test
    void aClientThatAsksIsToldToContinue() throws Exception {
        try (var gateway = new TestGateway();
                var connection = gateway.connect()) {
            connection.send("POST " + ORDERS + HEAD + "Content-Length: " + CREATE.length()
                    + "\r\nExpect: 100-continue\r\n\r\n");

            assertThat(connection.readHead()).startsWith("http/1.1 100 ");
            assertThat(connection.send(CREATE).readHead()).startsWith("http/1.1 204 ");
        }
    }

    @Test
    void aLargeBodyArrivesWhole() {
        try (var gateway = new TestGateway(Setup.usual().bytesInFlight(1 << 25).maxBodySize(0))) {
            var value = "\"" + "x".repeat(10_000_000) + "\"";

            var response = gateway.post(ORDERS, "{\"operation\":\"create\",\"data\":" + value + "}");

            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(gateway.producer.onlyRequest().value()).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theConnectionOutlivesErrors() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().maxBodySize(100));
                var connection = gateway.connect()) {
            connection.send(request("POST", ORDERS, "{"));
            assertThat(connection.readResponse()).startsWith("http/1.1 400 ");
            connection.send(request("POST", ORDERS, " ".repeat(50_000)));
            assertThat(connection.readResponse()).startsWith("http/1.1 400 ").endsWith(TOO_LARGE);
            connection.send(request("GET", "/nowhere", "body"));
            assertThat(connection.readResponse()).startsWith("http/1.1 404 ");
            connection.send(request("POST", ORDERS, CREATE));
            assertThat(connection.readResponse()).startsWith("http/1.1 204 ");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (var gateway = new TestGateway();
                var connection = gateway.connect()) {
            connection.send(
                    request("POST", ORDERS, CREATE) + request("POST", ORDERS, "{") + request("PUT", ORDERS, CREATE));

            assertThat(connection.readResponse()).startsWith("http/1.1 204 ");
            assertThat(connection.readResponse()).startsWith("http/1.1 400 ");
            assertThat(connection.readResponse()).startsWith("http/1.1 204 ");
        }
    }

    @Test
    void aBodyThatDoesNotComeInIsAnsweredAtTheDeadlineAndTheConnectionClosed() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().deadline(Duration.ofMillis(300)));
                var connection = gateway.connect()) {
            connection.send("POST " + ORDERS + HEAD + "Content-Length: 100\r\n\r\n{");

            assertThat(connection.readResponse())
                    .startsWith("http/1.1 500 ")
                    .endsWith("{\"errorCode\":\"ERR_INVOKE_OUTPUT_BINDING\",\"message\":"
                            + "\"error invoking output binding orders: context deadline exceeded\"}");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void theRestOfARefusedBodyIsNotWaitedForForEver() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().deadline(Duration.ofMillis(300)));
                var connection = gateway.connect()) {
            connection.send("POST " + ORDERS + HEAD + "Content-Length: 99999999\r\n\r\n{");

            assertThat(connection.readResponse()).startsWith("http/1.1 400 ");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void bytesOfUnansweredRequestsAreBoundedAndGivenBack() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().bytesInFlight(35_000))) {
            gateway.producer.answer(request -> null);
            var large = "{\"operation\":\"create\",\"data\":\"" + "x".repeat(7_000) + "\"}";
            var waiting = gateway.client.sendAsync(
                    HttpRequest.newBuilder(gateway.uri(ORDERS))
                            .POST(BodyPublishers.ofString(large))
                            .build(),
                    BodyHandlers.ofString());
            await().until(() -> gateway.producer.requests().size() == 1);

            var refused = gateway.post(ORDERS, large);
            gateway.producer.answer(request -> FakeProducer.STORED);
            gateway.producer.send(gateway.producer.batches().get(0), 0, FakeProducer.STORED);
            waiting.join();
            var accepted = gateway.post(ORDERS, large);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(refused.body()).contains("ERR_OVERLOADED");
            assertThat(accepted.statusCode()).isEqualTo(204);
            assertThat(gateway.complaints.take()).singleElement().asString().contains(OVERLOADED);
        }
    }

    @Test
    void clientsThatGoAwayLeaveNothingBehind() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().bytesInFlight(16_200))) {
            for (int i = 0; i < 20; i++) {
                try (var connection = gateway.connect()) {
                    connection.send("POST " + ORDERS + HEAD + "Content-Length: 900\r\n\r\n" + "x".repeat(400));
                }
            }

            await().untilAsserted(() ->
                    assertThat(gateway.post(ORDERS, CREATE).statusCode()).isEqualTo(204));
            await().untilAsserted(() -> assertThat(gateway.calls.reserved()).isZero());
            assertThat(gateway.complaints.take()).allMatch(line -> line.contains(OVERLOADED));
        }
    }

    @Test
    void aRequestWhoseClientIsGoneCountsUntilItIsSettledAndIsWithdrawn() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().bytesInFlight(16_000))) {
            gateway.producer.answer(request -> null);
            try (var connection = gateway.connect()) {
                connection.send(request("POST", ORDERS, CREATE));
                await().until(() -> gateway.producer.batches().size() == 1);
            }
            var batch = gateway.producer.batches().get(0);
            await().until(() -> gateway.producer.isWithdrawn(batch, 0));
            gateway.producer.answer(request -> FakeProducer.STORED);

            var refused = gateway.post(ORDERS, CREATE);
            gateway.producer.send(batch, 0, FakeProducer.STORED);

            assertThat(refused.statusCode()).isEqualTo(503);
            await().untilAsserted(() ->
                    assertThat(gateway.post(ORDERS, CREATE).statusCode()).isEqualTo(204));
            assertThat(gateway.complaints.take()).allMatch(line -> line.contains(OVERLOADED));
        }
    }

    @Test
    void anAnswerToAClientThatIsGoneIsDropped() throws Exception {
        try (var gateway = new TestGateway()) {
            gateway.producer.answer(request -> null);
            try (var connection = gateway.connect()) {
                connection.send(request("POST", ORDERS, CREATE));
                await().until(() -> gateway.producer.batches().size() == 1);
            }
            gateway.producer.send(gateway.producer.batches().get(0), 0, FakeProducer.STORED);
            gateway.producer.answer(request -> FakeProducer.STORED);

            assertThat(gateway.post(ORDERS, CREATE).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void http2StreamsThatAreResetLeaveNothingBehind() {
        try (var gateway = new TestGateway(Setup.usual().bytesInFlight(24_000))) {
            var options = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            var client = gateway.vertx.createHttpClient(options);
            var resets = IntStream.range(0, 20)
                    .mapToObj(i -> client.request(HttpMethod.POST, gateway.api.port(), "127.0.0.1", ORDERS)
                            .compose(request -> request.exceptionHandler(reset -> {})
                                    .setChunked(true)
                                    .write("x".repeat(4_000))
                                    // The gateway may have refused it, and have ended it first.
                                    .transform(written -> request.reset(8L).otherwiseEmpty())))
                    .toList();
            Waiting.get(Future.join(resets));

            await().untilAsserted(() ->
                    assertThat(gateway.post(ORDERS, CREATE).statusCode()).isEqualTo(204));
            assertThat(gateway.complaints.take()).allMatch(line -> line.contains(OVERLOADED));
        }
    }

    /** Nothing bounds such streams but what a connection may have: each would be there until its body is overdue. */
    @Test
    void http2StreamsThatAreAnsweredBeforeTheirEndAreEnded() {
        try (var gateway = new TestGateway(Setup.usual().deadline(Duration.ofMinutes(5)))) {
            var options = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            var client = gateway.vertx.createHttpClient(options);
            for (var path : List.of("/v1.0/unknown", "/v1.0/metadata", ORDERS)) {
                var request = Waiting.get(client.request(HttpMethod.POST, gateway.api.port(), "127.0.0.1", path));
                var reset = new CompletableFuture<Throwable>();
                request.exceptionHandler(reset::complete);
                request.setChunked(true);
                var unused = request.write("x".repeat(2 << 20));

                assertThat(reset)
                        .succeedsWithin(Duration.ofSeconds(10))
                        .isInstanceOfSatisfying(StreamResetException.class, end -> assertThat(end.getCode())
                                .isZero());
            }
        }
    }

    private static String request(String method, String path, String body) {
        return method + " " + path + HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
