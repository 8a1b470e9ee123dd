package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.header;
import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeReplies;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.TestGrpcApp.Answer;
import io.sluice.http.grpc.proto.BindingEventResponse;
import io.sluice.http.grpc.proto.BindingEventResponse.BindingEventConcurrency;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An app that speaks gRPC as it should. */
class GrpcDeliveringTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestGrpcApp app = new TestGrpcApp(gateway.vertx);
    private final List<String> created = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aRecordIsOneCallWithItsValueAndItsMetadata() {
        app.listen();
        gateway.open(app.settings(), declared("orders").timeout(Duration.ofSeconds(7)));

        assertThat(gateway.deliver("orders", record("k1", "{\"a\": 1.0}", header("Colour", "röt"))))
                .isEqualTo(DeliveryResult.ACKNOWLEDGED);

        var event = app.events.get(0);
        assertThat(event.message().getName()).isEqualTo("orders");
        assertThat(event.text()).isEqualTo("{\"a\": 1.0}");
        assertThat(event.message().getMetadataMap())
                .containsOnlyKeys("Colour", "__key", "__topic", "__partition", "__offset", "__timestamp")
                .containsEntry("Colour", "röt")
                .containsEntry("__key", "k1")
                .containsEntry("__offset", "42");
        assertThat(event.headers().get("grpc-timeout")).isEqualTo("7000m");
        assertThat(event.headers().get("te")).isEqualTo("trailers");
        assertThat(event.headers().contains("dapr-api-token")).isFalse();
        assertThat(event.headers().contains("traceparent")).isFalse();
    }

    /** Longer than what HTTP/2 lets out at once. */
    @Test
    void aLongRecordArrivesWhole() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));
        var value = "x".repeat(200_000);

        assertThat(gateway.deliver("orders", value)).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        assertThat(app.texts()).containsExactly(value);
    }

    @Test
    void aRecordThatIsLongerThanTheAppTakesIsRefused() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));

        assertThat(gateway.deliver("orders", "x".repeat(300_000)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(8));
    }

    @Test
    void theTokenAndTheTraceAreMetadataOfTheCall() {
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        app.listen();
        gateway.open(app.token("s3cret"), declared("orders"));

        gateway.deliver(
                "orders",
                record("1", header("traceparent", trace), header("tracestate", "a=1"), header("dapr-api-token", "x")));

        var event = app.events.get(0);
        assertThat(event.headers().getAll("dapr-api-token")).containsExactly("s3cret");
        assertThat(event.headers().get("traceparent")).isEqualTo(trace);
        assertThat(event.headers().get("tracestate")).isEqualTo("a=1");
        assertThat(event.message().getMetadataMap())
                .containsEntry("traceparent", trace)
                .doesNotContainKey("dapr-api-token");
    }

    @Test
    void aTokenThatWouldBeReadAsSomethingElseIsNotSent() {
        app.listen();
        gateway.open(app.token("a\r\nb: c"), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isEqualTo(new Unreachable("header dapr-api-token has a character that HTTP does not allow"));
        assertThat(app.events).isEmpty();
    }

    @Test
    void anyOtherStatusRefusesAndSaysWhy() {
        app.answer(Answer.of(GrpcStatus.FAILED_PRECONDITION, "no room + no\ntime: 100 %"))
                .listen();
        gateway.open(app.settings(), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isEqualTo(new Refused(9, "the app answered with FAILED_PRECONDITION: no room + no time: 100 %"));
    }

    @Test
    void anAppThatSaysUnavailableRefuses() {
        app.answer(Answer.of(GrpcStatus.UNAVAILABLE, "")).listen();
        gateway.open(app.settings(), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(new Refused(14, "the app answered with UNAVAILABLE"));
    }

    @Test
    void anAppThatIsGoneIsUnreachableUntilItIsBack() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));
        gateway.deliver("orders", "1");
        app.close();

        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Unreachable.class);

        app.listen();
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(app.texts()).containsExactly("1", "2");
    }

    @Test
    void anAppThatDoesNotAnswerInTimeRefusesAndIsNotWaitedFor() {
        app.answer(Answer.NONE).listen();
        gateway.open(app.settings(), declared("orders").timeout(Duration.ofMillis(200)));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(new Refused(0, "timed out after 200 ms"));

        app.answer(Answer.OK);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(app.connects)
                .as("an app that answers pings keeps its connection")
                .hasValue(1);
    }

    @Test
    void withoutALimitTheAppIsToldNoneAndHasTheTimeItNeeds() {
        app.answer(Answer.NONE).listen();
        gateway.open(app.settings(), declared("orders").timeout(Duration.ZERO));

        var result = gateway.send("orders", record("1")).get(0).future();

        await().untilAsserted(() -> assertThat(app.events).hasSize(1));
        assertThat(app.events.get(0).headers().contains("grpc-timeout")).isFalse();
        await().during(Duration.ofMillis(300)).until(() -> !result.isComplete());
    }

    @Test
    void manyRecordsShareOneConnection() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));

        var results = gateway.send(
                "orders",
                IntStream.range(0, 2000).mapToObj(i -> record("v" + i)).toArray(Delivery[]::new));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED));
        assertThat(app.events).hasSize(2000);
        assertThat(app.connects).hasValue(1);
    }

    @Test
    void theLimitOfDeliveriesInFlightHolds() {
        app.answer(Answer.NONE).listen();
        gateway.open(app.concurrency(2), declared("orders").timeout(Duration.ofMillis(300)));

        var results = gateway.send("orders", record("1"), record("2"), record("3"));

        await().untilAsserted(() -> assertThat(app.events).hasSize(2));
        Waiting.get(results.get(0).future());
        Waiting.get(results.get(2).future());
        assertThat(app.events).hasSize(3);
    }

    @Test
    void moreRecordsThanTheAppAllowsStreamsForWaitTheirTurn() {
        var one = new HttpServerOptions();
        one.getInitialSettings().setMaxConcurrentStreams(1);
        var narrow = new TestGrpcApp(gateway.vertx, one).listen();
        gateway.open(narrow.settings(), declared("orders"));

        var results = gateway.send(
                "orders", IntStream.range(0, 50).mapToObj(i -> record("v" + i)).toArray(Delivery[]::new));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED));
    }

    @Test
    void stoppingAnswersWhatIsInFlight() {
        app.answer(Answer.NONE).listen();
        gateway.open(app.settings(), declared("orders"));
        var result = gateway.send("orders", record("1")).get(0);
        await().untilAsserted(() -> assertThat(app.events).hasSize(1));

        gateway.stop();

        assertThat(Waiting.get(result.future())).isEqualTo(new Unreachable("the gateway is stopping"));
    }

    @Test
    void anAppMaySpeakTlsWithAnyCertificate() {
        var certificate = SelfSignedCertificate.create("somebody.else");
        var options =
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate.keyCertOptions());
        try (var secure = new TestGrpcApp(gateway.vertx, options).list("orders").listen()) {
            gateway.open(secure.secure(), declared("orders").undeclared());

            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
            assertThat(secure.texts()).containsExactly("1");
        } finally {
            certificate.delete();
        }
    }

    @ParameterizedTest
    @CsvSource({"OK,OK,0", "RESOURCE_EXHAUSTED,ResourceExhausted,0"})
    void callsAreMeasuredByMethodAndStatus(GrpcStatus status, String label, double received) {
        app.answer(status == GrpcStatus.OK ? Answer.OK : Answer.of(status, "")).listen();
        gateway.open(app.settings(), declared("orders"));

        gateway.deliver("orders", "12");

        var labels = new String[] {
            "app_id",
            "shop",
            "grpc_client_method",
            "/dapr.proto.runtime.v1.AppCallback/OnBindingEvent",
            "grpc_client_status",
            label
        };
        assertThat(gateway.meters
                        .get("dapr_grpc_io_client_completed_rpcs")
                        .tags(labels)
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(gateway.meters
                        .get("dapr_grpc_io_client_sent_bytes_per_rpc")
                        .tags(labels)
                        .summary()
                        .totalAmount())
                .isEqualTo(app.events.get(0).message().getSerializedSize());
        assertThat(gateway.meters
                        .get("dapr_grpc_io_client_received_bytes_per_rpc")
                        .tags(labels)
                        .summary()
                        .totalAmount())
                .isEqualTo(received);
    }

    @Test
    void whatTheAnswerAsksForIsCreatedInTurnByteForByte() {
        serve("a");
        serve("b");
        answer("{\"n\": 1.00}", BindingEventConcurrency.SEQUENTIAL, "a", "missing", "b");
        gateway.open(app.settings(), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        assertThat(created).containsExactly("a create {\"n\": 1.00} {}");
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void inParallelNobodyWaitsAndDataNeedNotBeJson() {
        serve("b");
        answer("not JSON", BindingEventConcurrency.PARALLEL, "missing", "b");
        gateway.open(app.settings(), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        await().untilAsserted(() -> assertThat(created).containsExactly("b create not JSON {}"));
        await().untilAsserted(() -> assertThat(gateway.complaints.take()).hasSize(1));
    }

    @Test
    void withoutDataATombstoneIsCreated() {
        serve("a");
        answer("", BindingEventConcurrency.SEQUENTIAL, "a");
        gateway.open(app.settings(), declared("orders"));

        gateway.deliver("orders", "1");

        assertThat(created).containsExactly("a create null {}");
    }

    private void answer(String data, BindingEventConcurrency concurrency, String... to) {
        app.answer(Answer.of(BindingEventResponse.newBuilder()
                        .addAllTo(List.of(to))
                        .setData(ByteString.copyFromUtf8(data))
                        .setConcurrency(concurrency)
                        .build()))
                .listen();
    }

    private void serve(String binding) {
        gateway.vertx.eventBus().<InvokeRequest>localConsumer(Addresses.invoke(binding), call -> {
            var request = call.body();
            var value = request.value() == null ? null : new String(request.value(), StandardCharsets.UTF_8);
            created.add(binding + " " + request.operation() + " " + value + " " + request.metadata());
            InvokeReplies.answer(call, binding, new InvokeOutcome.Stored("t", 0, 0));
        });
    }
}
