package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.header;
import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.core.message.RecordHeader;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.TestApp.Got;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SelfSignedCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void aRecordIsAPostOfItsValueToTheRoute() {
        app.listen();
        gateway.open(settings(app), declared("orders").route("v1//./custom path/x/../"));

        var result = gateway.deliver("orders", record("k1", "{\"a\": 1.0}"));

        assertThat(result).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        var got = onlyPost();
        assertThat(got.uri()).isEqualTo("/v1/custom%20path");
        assertThat(got.text()).isEqualTo("{\"a\": 1.0}");
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.header("content-length")).isEqualTo("10");
        assertThat(got.header("__key")).isEqualTo("k1");
        assertThat(got.header("__topic")).isEqualTo("topic");
        assertThat(got.header("__partition")).isEqualTo("3");
        assertThat(got.header("__offset")).isEqualTo("42");
        assertThat(got.header("__timestamp")).isEqualTo("1700000000123");
        assertThat(got.headers().contains("dapr-api-token")).isFalse();
    }

    @Test
    void aTombstoneIsNullAndAnEmptyValueIsEmptyAndBytesStayAsTheyAre() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        byte[] binary = {0, -1, 13, 10, -128};

        gateway.deliver("orders", record(null));
        gateway.deliver("orders", record(""));
        gateway.deliver("orders", new Delivery(new Coordinates("topic", 0, 0), 0, null, binary, List.of()));

        assertThat(app.posts()).extracting(Got::text).startsWith("null", "");
        assertThat(app.posts().get(0).headers().contains("__key")).isFalse();
        assertThat(app.posts().get(1).header("content-length")).isEqualTo("0");
        assertThat(app.posts().get(2).body()).isEqualTo(binary);
    }

    @Test
    void theAppGetsItsToken() {
        app.listen();
        gateway.open(DeliveryHarness.token(app, "s3cret"), declared("orders"));

        gateway.deliver("orders", record("1", header("Dapr-Api-Token", "forged")));

        assertThat(onlyPost().headers().getAll("dapr-api-token")).containsExactly("s3cret");
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
        app.handle(request -> gateway.vertx.setTimer(300, later -> request.response().end()))
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
    void anAnswerThatIsFarTooLongIsCutOff() {
        app.handle(request -> request.response().end(Buffer.buffer(new byte[4 << 20])))
                .listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void aConnectionThatBreaksIsARefusal() {
        app.handle(request -> request.connection().close()).listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                        .startsWith("the connection broke before the app answered"));
    }

    @Test
    void aKeptConnectionThatBreaksIsReplacedOnce() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        var calls = new AtomicInteger();
        app.handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.connection().close();
            } else {
                request.response().end();
            }
        });

        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aRecordThatBreaksEveryConnectionIsRefused() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        var calls = new AtomicInteger();
        app.handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Refused.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void anAppThatIsGoneIsUnreachableUntilItIsBack() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        app.close();

        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Unreachable.class);

        app.listen();
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(app.posts()).extracting(Got::text).containsExactly("1", "2");
    }

    @Test
    void connectionsAreKept() {
        app.listen();
        gateway.open(settings(app), declared("orders"));

        for (int i = 0; i < 20; i++) {
            gateway.deliver("orders", "1");
        }

        assertThat(connectionsOfPosts()).hasSize(20);
        assertThat(connectionsOfPosts().stream().distinct()).hasSize(1);
    }

    @Test
    void anAppMaySpeakHttp2WithoutTls() {
        app.listen();
        gateway.open(DeliveryHarness.protocol(app, "h2c"), declared("orders"));

        gateway.deliver("orders", record("k", "1", header("Mixed-Case", "v")));

        assertThat(onlyPost().version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(onlyPost().header("mixed-case")).isEqualTo("v");
        assertThat(onlyPost().header("__key")).isEqualTo("k");
    }

    @Test
    void manyRecordsShareTheConnectionsOfHttp2() {
        app.listen();
        gateway.open(DeliveryHarness.protocol(app, "h2c"), declared("orders"));

        var results = gateway.send(
                "orders", IntStream.range(0, 500).mapToObj(i -> record("v" + i)).toArray(Delivery[]::new));

        assertThat(results).allSatisfy(result -> assertThat(Waiting.get(result.future()))
                .isEqualTo(DeliveryResult.ACKNOWLEDGED));
        assertThat(connectionsOfPosts().stream().distinct().count()).isLessThanOrEqualTo(8);
    }

    @Test
    void anAppMaySpeakTlsWithAnyCertificate() {
        var certificate = SelfSignedCertificate.create("somebody.else");
        try (var secure = new TestApp(
                        gateway.vertx,
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()))
                .listen()) {
            gateway.open(DeliveryHarness.protocol(secure, "https"), declared("orders").undeclared());

            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
            assertThat(secure.posts()).hasSize(1);
        } finally {
            certificate.delete();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "grpcs"})
    void anAppThatSpeaksGrpcIsToldOfClearly(String protocol) {
        app.listen();
        gateway.start(DeliveryHarness.protocol(app, protocol), declared("orders"));

        gateway.awaitClosed("orders", "an app that speaks " + protocol + " is not available yet");
        assertThat(gateway.deliver("orders", "1")).isInstanceOf(Unreachable.class);
        assertThat(gateway.complaints.take()).hasSize(1);
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
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.stop();
        gateway.start(DeliveryHarness.protocol(app, "grpc"), declared("orders"));
        gateway.awaitClosed("orders", "not available yet");

        var results = gateway.send("orders", record("1"), record("2"), record("3"));
        results.forEach(result -> Waiting.get(result.future()));

        assertThat(gateway.settlements).hasSize(1);
        gateway.complaints.take();
    }

    @Test
    void theLimitCountsOverAllBindingsAndLetsInByTurn() {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        app.handle(request -> request.body().onSuccess(body -> held.add(request))).listen();
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
    void waitingForATurnIsNotTimeOfTheAttempt() {
        app.handle(request -> gateway.vertx.setTimer(150, later -> request.response().end()))
                .listen();
        gateway.open(DeliveryHarness.concurrency(app, 1), declared("orders").timeout(Duration.ofMillis(400)));

        var results = gateway.send(
                "orders", IntStream.range(0, 5).mapToObj(i -> record("v")).toArray(Delivery[]::new));

        assertThat(results).allSatisfy(result -> assertThat(Waiting.get(result.future()))
                .isEqualTo(DeliveryResult.ACKNOWLEDGED));
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

        var search = gateway.meters.get("dapr_http_client_sent_bytes")
                .tags("app_id", "shop", "method", "POST", "path", "/orders", "status", label);
        assertThat(search.summary().totalAmount()).isEqualTo(4);
        assertThat(gateway.meters.get("dapr_http_client_completed_count").tags("status", label)
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(gateway.meters.get("dapr_http_client_roundtrip_latency").summary().takeSnapshot().histogramCounts())
                .hasSize(34);
        assertThat(gateway.meters.get("dapr_http_client_received_bytes").summary().count()).isEqualTo(2);
    }

    @Test
    void headersOfTheRecordGoAlong() {
        app.listen();
        gateway.open(settings(app), declared("orders").excluding("^secret"));

        gateway.deliver(
                "orders",
                record(
                        "ключ",
                        "1",
                        header("correlationId", "first"),
                        header("correlationid", "last"),
                        header("secret-one", "x"),
                        header("Content-Type", "text/plain"),
                        header("content-length", "99"),
                        header("Transfer-Encoding", "chunked"),
                        header("connection", "close"),
                        header("host", "evil"),
                        header("__offset", "0"),
                        header("sluice-encoded-headers", "x"),
                        header("a b", "1"),
                        header("city", "Köln"),
                        header("line", "a\r\nb: c"),
                        header("", "nameless"),
                        new RecordHeader("nothing", null)));

        var got = onlyPost();
        assertThat(got.headers().getAll("correlationid")).containsExactly("last");
        assertThat(got.header("content-type")).isEqualTo("text/plain");
        assertThat(got.header("content-length")).isEqualTo("1");
        assertThat(got.header("host")).isEqualTo("127.0.0.1:" + app.port());
        assertThat(got.headers().getAll("__offset")).containsExactly("42");
        assertThat(got.header("a%20b")).isEqualTo("1");
        assertThat(got.header("city")).isEqualTo("K%C3%B6ln");
        assertThat(got.header("line")).isEqualTo("a%0D%0Ab:%20c");
        assertThat(got.header("__key")).isEqualTo("%D0%BA%D0%BB%D1%8E%D1%87");
        assertThat(got.header("nothing")).isEmpty();
        assertThat(got.headers().names())
                .doesNotContain("secret-one", "transfer-encoding", "connection", "b");
        assertThat(got.header("sluice-encoded-headers")).isEqualTo("a%20b, city, line, __key");
    }

    @Test
    void escapedHeadersAreEscapedAsGoDoesIt() {
        app.listen();
        gateway.open(settings(app), declared("orders").escaping());

        gateway.deliver("orders", record("a b/ü", "1", header("Name", "x y*z~&=%"), header("content-type", "a/b")));

        assertThat(onlyPost().header("__key")).isEqualTo("a+b%2F%C3%BC");
        assertThat(onlyPost().header("name")).isEqualTo("x+y%2Az~%26%3D%25");
        assertThat(onlyPost().header("content-type")).isEqualTo("a/b");
        assertThat(onlyPost().headers().contains("sluice-encoded-headers")).isFalse();
    }

    private Got onlyPost() {
        assertThat(app.posts()).hasSize(1);
        return app.posts().get(0);
    }

    private List<String> connectionsOfPosts() {
        return app.posts().stream().map(Got::connection).toList();
    }
}
