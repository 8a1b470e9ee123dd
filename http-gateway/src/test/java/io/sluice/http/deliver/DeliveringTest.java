package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.core.message.RecordHeader;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.TestApp.Got;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveringTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anySuccessAcknowledges(int status) {
        app.answer(status).listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 304, 307, 400, 401, 404, 429, 500, 503})
    void anyOtherStatusRefuses(int status) {
        app.answer(status).listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isEqualTo(new Refused(status, "the app answered with status " + status));
    }

    @ParameterizedTest
    @CsvSource({"http, 429, 7", "http, 503, 7", "h2c, 503, 7", "http, 500, 0"})
    void anAppThatIsOverloadedMayAskForAPause(String protocol, int status, int seconds) {
        app.handle(request -> request.response()
                        .setStatusCode(status)
                        .putHeader("Retry-After", "7")
                        .end())
                .listen();
        gateway.open(DeliveryHarness.protocol(app, protocol), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isEqualTo(new Refused(status, "the app answered with status " + status, Duration.ofSeconds(seconds)));
    }

    /** Such a token does not get past the settings; it stands here for whatever fails inside the gateway. */
    @Test
    void whatFailsInsideTheGatewayIsNoRefusal() {
        app.listen();
        gateway.open(DeliveryHarness.token(app, "k\u00f6nig"), declared("orders"));

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.deliver("orders", "1"))
                    .isEqualTo(new Postponed("internal error, see the gateway's log"));
        }
        assertThat(app.posts()).isEmpty();
        assertThat(gateway.complaints.take()).as("told once a minute").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2_001, 150_000})
    void aRecordWithMoreHeadersThanAnyAppTakesIsRefusedWithoutHoldingUpOthers(int number) {
        app.listen();
        gateway.open(settings(app), declared("orders"), declared("others"));
        var headers = IntStream.range(0, number)
                .mapToObj(i -> DeliveryHarness.header("h" + i, ""))
                .toArray(RecordHeader[]::new);

        var results = gateway.send("orders", record("many", headers));
        var other = gateway.send("others", record("other"));

        assertThat(Waiting.get(other.get(0).future())).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(Waiting.get(results.get(0).future()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(number + " headers", "2000"));
        assertThat(app.posts()).extracting(Got::text).containsExactly("other");
    }

    @Test
    void headersOfMoreThanAMegabyteAreRefused() {
        app.listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", record("1", DeliveryHarness.header("h", "x".repeat(1024 * 1024)))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("1048577 bytes"));
        assertThat(app.posts()).isEmpty();
    }

    @Test
    void redirectsAreNotFollowed() {
        app.handle(request -> request.response()
                        .setStatusCode(307)
                        .putHeader("location", "/elsewhere")
                        .end())
                .listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isInstanceOf(Refused.class);
    }

    @Test
    void whatTheAppSaysInItsErrorStaysThere() {
        app.handle(request -> request.response().setStatusCode(500).end("payload of the record"))
                .listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(((Refused) gateway.deliver("orders", "1")).reason()).doesNotContain("payload");
    }

    @Test
    void anAttemptThatTakesTooLongIsRefusedAndItsConnectionNotUsedAgain() {
        app.answer(0).listen();
        gateway.open(settings(app), declared("orders").timeout(Duration.ofMillis(200)));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(new Refused(0, "timed out after 200 ms"));

        app.answer(200);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(connectionsOfPosts()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aSlowAppHasTimeAsLongAsItIsConfigured() {
        app.handle(request ->
                        gateway.vertx.setTimer(300, later -> request.response().end()))
                .listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void anAnswerWhoseBodyDoesNotEndCountsByItsStatus() {
        app.handle(request -> request.response().setChunked(true).write("…")).listen();
        gateway.open(settings(app), declared("orders").timeout(Duration.ofMillis(200)));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void withoutALimitTheAppHasTheTimeItNeeds() {
        app.handle(request ->
                        gateway.vertx.setTimer(300, later -> request.response().end()))
                .listen();
        gateway.open(settings(app), declared("orders").timeout(Duration.ZERO));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void anAnswerThatIsFarTooLongIsCutOff() {
        Queue<String> connections = new ConcurrentLinkedQueue<>();
        app.handle(request -> {
                    connections.add(request.connection().remoteAddress().toString());
                    request.response().end(Buffer.buffer(new byte[4 << 20]));
                })
                .listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(connections)
                .as("one that is read to its end is kept")
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void eachResultComesAsSoonAsItIsKnown() {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        app.handle(request -> request.body().onSuccess(body -> {
                    if (body.toString().equals("slow")) {
                        held.add(request);
                    } else {
                        request.response().end();
                    }
                }))
                .listen();
        gateway.open(settings(app), declared("orders"));

        var results = gateway.send("orders", record("slow"), record("fast"));

        assertThat(Waiting.get(results.get(1).future())).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(results.get(0).future().isComplete()).isFalse();
        held.remove().response().end();
        assertThat(Waiting.get(results.get(0).future())).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void resultsOfOneTickComeTogether() {
        gateway.start(settings(app), declared("orders"));
        gateway.awaitClosed("orders", "does not listen");

        var results = gateway.send("orders", record("1"), record("2"), record("3"));
        results.forEach(result -> Waiting.get(result.future()));

        assertThat(gateway.settlements).hasSize(1);
    }

    @Test
    void theLimitCountsOverAllBindingsAndLetsInByTurn() {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        app.handle(request -> request.body().onSuccess(body -> held.add(request)))
                .listen();
        gateway.open(DeliveryHarness.concurrency(app, 2), declared("a"), declared("b"));

        var fromA = gateway.send("a", record("1"), record("2"), record("3"));
        var fromB = gateway.send("b", record("4"));

        await().untilAsserted(() -> assertThat(held).hasSize(2));
        held.remove().response().end();
        held.remove().response().end();
        await().untilAsserted(() -> assertThat(held).hasSize(2));
        assertThat(held).extracting(HttpServerRequest::path).containsExactlyInAnyOrder("/a", "/b");
        held.forEach(request -> request.response().end());
        fromA.forEach(result -> Waiting.get(result.future()));
        fromB.forEach(result -> Waiting.get(result.future()));
        assertThat(app.connects()).isLessThanOrEqualTo(3);
    }

    @Test
    void aSlowBindingWithManyRecordsHoldsUpNoQuickOne() {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        app.handle(request -> {
                    if (request.path().equals("/slow")) {
                        held.add(request);
                    } else {
                        request.response().end();
                    }
                })
                .listen();
        gateway.open(DeliveryHarness.concurrency(app, 4), declared("slow"), declared("quick"));
        gateway.send("slow", IntStream.range(0, 100).mapToObj(i -> record("v")).toArray(Delivery[]::new));
        await().until(() -> held.size() == 3);

        for (int i = 0; i < 10; i++) {
            assertThat(gateway.deliver("quick", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }
        assertThat(held).hasSize(3);
    }

    @Test
    void whatIsNotWantedAnyMoreWhenItsTurnComesIsNotDelivered() {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        app.handle(request -> request.body().onSuccess(body -> held.add(request)))
                .listen();
        gateway.open(DeliveryHarness.concurrency(app, 1), declared("orders"));
        var handedOver = new AtomicBoolean();

        var results = gateway.send("orders", index -> !handedOver.get(), record("1"), record("2"), record("3"));
        await().until(() -> held.size() == 1);
        handedOver.set(true);
        held.remove().response().end();

        assertThat(Waiting.get(results.get(0).future())).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(Waiting.get(results.get(1).future())).isInstanceOf(Postponed.class);
        assertThat(Waiting.get(results.get(2).future())).isInstanceOf(Postponed.class);
        assertThat(held).isEmpty();
    }

    @Test
    void aBindingThatIsNotServedAnyMoreLetsGoWhatWaits() {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        app.handle(request -> request.body().onSuccess(body -> held.add(request)))
                .listen();
        gateway.open(DeliveryHarness.concurrency(app, 1), declared("gone"), declared("stays"));
        var results = gateway.send("gone", record("1"), record("2"), record("3"));
        await().until(() -> held.size() == 1);

        gateway.load(declared("stays"));
        gateway.lookAtTheCatalog();

        assertThat(Waiting.get(results.get(1).future())).isInstanceOf(Unreachable.class);
        assertThat(Waiting.get(results.get(2).future())).isInstanceOf(Unreachable.class);
        held.remove().response().end();
        assertThat(Waiting.get(results.get(0).future())).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void waitingForATurnIsNotTimeOfTheAttempt() {
        app.handle(request ->
                        gateway.vertx.setTimer(150, later -> request.response().end()))
                .listen();
        gateway.open(DeliveryHarness.concurrency(app, 1), declared("orders").timeout(Duration.ofMillis(400)));

        var results = gateway.send(
                "orders", IntStream.range(0, 5).mapToObj(i -> record("v")).toArray(Delivery[]::new));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED));
    }

    @Test
    void stoppingAnswersWhatIsInFlight() {
        app.answer(0).listen();
        gateway.open(settings(app), declared("orders"));
        var result = gateway.send("orders", record("1")).get(0);
        await().untilAsserted(() -> assertThat(app.posts()).hasSize(1));

        gateway.stop();

        assertThat(Waiting.get(result.future())).isEqualTo(new Unreachable("the gateway is stopping"));
    }

    @ParameterizedTest
    @CsvSource({"200,200", "503,503"})
    void callsAreMeasuredByRouteAndStatus(int status, String label) {
        app.answer(status).listen();
        gateway.open(settings(app), declared("orders"), declared("same route").route("/orders"));

        gateway.deliver("orders", "12");
        gateway.deliver("same route", "34");

        var search = gateway.meters
                .get("dapr_http_client_sent_bytes")
                .tags("app_id", "shop", "method", "POST", "path", "/orders", "status", label);
        assertThat(search.summary().totalAmount()).isEqualTo(4);
        assertThat(gateway.meters
                        .get("dapr_http_client_completed_count")
                        .tags("status", label)
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(gateway.meters
                        .get("dapr_http_client_roundtrip_latency")
                        .summary()
                        .takeSnapshot()
                        .histogramCounts())
                .hasSize(34);
        assertThat(gateway.meters
                        .get("dapr_http_client_received_bytes")
                        .summary()
                        .count())
                .isEqualTo(2);
    }

    private List<String> connectionsOfPosts() {
        return app.posts().stream().map(Got::connection).toList();
    }
}
