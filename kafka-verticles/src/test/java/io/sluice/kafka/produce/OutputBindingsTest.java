package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.await;
import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.bus.Addresses;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.FakeProducer.Sent;
import io.sluice.kafka.produce.OutputHarness.Answer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutputBindingsTest {
    private OutputHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new OutputHarness();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aCallIsAnsweredWithWhereKafkaPutItsRecord() throws Exception {
        harness.deploy(Bindings.with());

        harness.call("orders", 7, create("\"cat\"", Map.of("partitionKey", "k")));
        Sent sent = harness.producer().nextSent();
        assertThat(harness.unreadAnswers()).isEmpty();
        sent.acknowledge(2, 41);

        assertThat(sent.record().value()).asString().isEqualTo("\"cat\"");
        assertThat(harness.nextAnswer()).isEqualTo(new Answer(7, new Stored("orders-topic", 2, 41)));
    }

    @Test
    void aSlowRecordDelaysNobodyElsesAnswer() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"), create("2"), create("3"));
        Sent first = harness.producer().nextSent();
        Sent slow = harness.producer().nextSent();
        Sent third = harness.producer().nextSent();

        third.acknowledge(1, 30);
        first.acknowledge(0, 10);

        assertThat(List.of(harness.nextAnswer(), harness.nextAnswer()))
                .containsExactlyInAnyOrder(
                        new Answer(1, new Stored("orders-topic", 0, 10)),
                        new Answer(3, new Stored("orders-topic", 1, 30)));
        slow.acknowledge(2, 20);
        assertThat(harness.nextAnswer()).isEqualTo(new Answer(2, new Stored("orders-topic", 2, 20)));
    }

    @Test
    void withoutAcknowledgementsTheOffsetIsUnknown() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"));

        harness.producer().nextSent().acknowledge(0, -1);

        assertThat(harness.nextAnswer().outcome()).isEqualTo(new Stored("orders-topic", 0, -1));
    }

    @Test
    void aRefusalByKafkaIsTheCallersAnswer() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"));

        harness.producer().nextSent().fail(new NotLeaderOrFollowerException("moved"));

        assertThat(harness.nextAnswer().failure()).isEqualTo(new Failure(Reason.KAFKA_REFUSED, "kafka server: moved"));
    }

    @Test
    void aSendThatThrowsAndThenCallsBackIsAnsweredOnce() throws Exception {
        harness.deploy(Bindings.with());
        harness.producer().sendError = new IllegalArgumentException("no");
        harness.call("orders", 1, create("1"));
        Sent sent = harness.producer().nextSent();
        Answer first = harness.nextAnswer();

        sent.acknowledge(0, 1);
        sent.fail(new TimeoutException("again"));
        harness.producer().sendError = null;
        harness.call("orders", 2, create("2"));
        harness.producer().nextSent().acknowledge(0, 2);

        assertThat(first.failure().detail()).isEqualTo("kafka: no");
        assertThat(harness.nextAnswer().id()).isEqualTo(2);
        assertThat(harness.unreadAnswers()).isEmpty();
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void anErrorAnswersItsCallAloneAndReplacesTheProducer() throws Exception {
        harness.deploy(Bindings.with());
        FakeProducer broken = harness.producer();
        broken.sendError = new NoClassDefFoundError("Snappy");
        harness.call("orders", 1, create("1"));
        Answer first = harness.nextAnswer();

        harness.call("orders", 2, create("2"));

        broken.closed.get();
        Awaitility.await().until(() -> harness.kafka.producers.size() == 2);
        harness.producer().nextSent().acknowledge(0, 2);
        assertThat(first.failure().detail()).isEqualTo("kafka: java.lang.NoClassDefFoundError: Snappy");
        assertThat(harness.nextAnswer().id()).isEqualTo(2);
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void anErrorOfOursAnswersItsCallAndThoseBehindItHaveTheirTurn() throws Exception {
        harness.deploy(Bindings.with());
        var reported = new CompletableFuture<Throwable>();
        harness.vertx.exceptionHandler(reported::complete);

        harness.call("orders", 1, create("1", new FailingMap()), create("2"));

        harness.producer().nextSent().acknowledge(0, 2);
        assertThat(List.of(harness.nextAnswer().id(), harness.nextAnswer().id()))
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(reported.get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(StackOverflowError.class);
        await(harness.outputs.undeploy("orders"));
    }

    /** What cannot be read without an error. */
    private static final class FailingMap extends AbstractMap<String, String> {
        @Override
        public Set<Entry<String, String>> entrySet() {
            throw new StackOverflowError("deep");
        }
    }

    @Test
    void aCallWithoutAnOperationIsRefused() throws Exception {
        harness.deploy(Bindings.with());

        harness.call("orders", 1, new InvokeRequest("", null, Map.of()));

        assertThat(harness.nextAnswer().failure()).isEqualTo(Failure.operationMissing());
    }

    @Test
    void operationsAreSpelledExactly() throws Exception {
        harness.deploy(Bindings.with());

        harness.call("orders", 1, new InvokeRequest("Create", null, Map.of()));

        assertThat(harness.nextAnswer().failure()).isEqualTo(Failure.unsupportedOperation("orders", "Create"));
    }

    @Test
    void aRecordLargerThanTheLimitIsRefused() throws Exception {
        harness.deploy(Bindings.with());

        harness.call("orders", 1, create("x".repeat(1024)));

        assertThat(harness.nextAnswer().failure().reason()).isEqualTo(Reason.RECORD_TOO_LARGE);
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void aPartitionThatTheTopicHasIsUsedAndOneThatItHasNotIsRefused() throws Exception {
        harness.deploy(Bindings.with());

        harness.call(
                "orders", 1, create("1", Map.of("partitionNumber", "3")), create("2", Map.of("partitionNumber", "2")));

        assertThat(harness.nextAnswer())
                .isEqualTo(new Answer(
                        1,
                        InvokeOutcome.refused(
                                Reason.INVALID_METADATA,
                                "partition number 3 is out of range, topic has 3 partitions")));
        Sent sent = harness.producer().nextSent();
        sent.acknowledge(2, 1);
        assertThat(sent.record().partition()).isEqualTo(2);
    }

    @Test
    void aPartitionThatIsAddedLaterIsUsed() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1", Map.of("partitionNumber", "3")));

        harness.producer().partitions = 4;

        Sent sent = harness.producer().nextSent();
        sent.acknowledge(3, 1);
        assertThat(sent.record().partition()).isEqualTo(3);
        assertThat(harness.nextAnswer()).isEqualTo(new Answer(1, new Stored("orders-topic", 3, 1)));
    }

    @Test
    void aBindingWithoutATopicIsThereAndRefuses() throws Exception {
        var bindings = Bindings.with();
        bindings.topic = null;
        harness.deploy(bindings);

        harness.call("orders", 1, create("1"));

        assertThat(harness.nextAnswer().failure().reason()).isEqualTo(Reason.INVALID_TOPIC);
        assertThat(harness.kafka.producers).isEmpty();
    }

    @Test
    void moreBytesThanTheBudgetAreRefusedUntilThereIsRoomAgain() throws Exception {
        var bindings = Bindings.with();
        bindings.maxMessageBytes = 20 << 20;
        harness.deploy(bindings);
        var large = new InvokeRequest("create", new byte[19 << 20], Map.of());

        harness.call("orders", 1, large, large, large, large);
        assertThat(harness.nextAnswer())
                .isEqualTo(new Answer(
                        4,
                        InvokeOutcome.refused(
                                Reason.OVERLOADED, "too many records are on their way to Kafka; try again")));
        harness.producer().nextSent().acknowledge(0, 1);
        assertThat(harness.nextAnswer().id()).isEqualTo(1);
        harness.call("orders", 5, large);

        for (int i = 0; i < 3; i++) {
            harness.producer().nextSent().acknowledge(0, i);
        }
        assertThat(List.of(
                        harness.nextAnswer().id(),
                        harness.nextAnswer().id(),
                        harness.nextAnswer().id()))
                .containsExactlyInAnyOrder(2L, 3L, 5L);
    }

    @Test
    void smallCallsThatKafkaDoesNotAnswerAreRefusedBeforeTheyFillTheHeap() throws Exception {
        harness.close();
        harness = new OutputHarness(30L * HeapBudget.CALL);
        harness.deploy(Bindings.with());

        for (int id = 1; id <= 20; id++) {
            harness.call("orders", id, create("1"));
        }

        assertThat(harness.nextAnswer().failure().reason()).isEqualTo(Reason.OVERLOADED);
        Awaitility.await().untilAsserted(() -> assertThat(harness.meters
                        .get("sluice_output_overloaded_total")
                        .functionCounter()
                        .count())
                .isPositive());
        assertThat(harness.producer().sent).hasSizeBetween(15, 19);
    }

    @Test
    void aBrokenProducerIsReplacedOnce() throws Exception {
        harness.deploy(Bindings.with());
        FakeProducer broken = harness.producer();
        harness.call("orders", 1, create("1"), create("2"));
        for (Sent sent : List.of(broken.nextSent(), broken.nextSent())) {
            sent.fail(new ProducerFencedException("fenced"));
        }
        harness.nextAnswer();
        harness.nextAnswer();

        harness.call("orders", 3, create("3"));

        broken.closed.get();
        Awaitility.await().until(() -> harness.kafka.producers.size() == 2);
        harness.producer().nextSent().acknowledge(0, 3);
        assertThat(harness.nextAnswer().id()).isEqualTo(3);
        assertThat(broken.sent).isEmpty();
    }

    @Test
    void whatBreaksEveryProducerDoesNotMakeANewOneForEveryRecord() throws Exception {
        var bindings = Bindings.with();
        bindings.idempotence = Idempotence.REQUIRED;
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"));
        harness.producer().nextSent().fail(new ClusterAuthorizationException("denied"));
        harness.nextAnswer();
        harness.call("orders", 2, create("2"));
        Awaitility.await().until(() -> harness.kafka.producers.size() == 2);

        for (int i = 0; i < 10; i++) {
            harness.producer().nextSent().fail(new ClusterAuthorizationException("denied"));
            assertThat(harness.nextAnswer().failure())
                    .isEqualTo(new Failure(
                            Reason.KAFKA_REFUSED,
                            "kafka at b1:9092,b2:9092 denies access: denied; look at idempotence, or let this login"
                                    + " write idempotently"));
            harness.call("orders", 3 + i, create("3"));
        }

        assertThat(harness.kafka.producers).hasSize(2);
    }

    @Test
    void undeployingWaitsForWhatIsInFlightAndRefusesWhatComes() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"));
        Sent sent = harness.producer().nextSent();

        var undeployed = harness.outputs.undeploy("orders");
        // The context has begun to stop when it answers this way.
        Answer late;
        do {
            harness.call("orders", 2, new InvokeRequest("probe", null, Map.of()));
            late = harness.nextAnswer();
        } while (late.failure().reason() == Reason.UNSUPPORTED_OPERATION);
        boolean waited = !undeployed.isComplete();
        sent.acknowledge(0, 1);

        assertThat(late.failure()).isEqualTo(new Failure(Reason.CLOSED, "component is closed"));
        assertThat(waited).isTrue();
        assertThat(harness.nextAnswer().id()).isEqualTo(1);
        await(undeployed);
        assertThat(harness.producer().closed).isCompleted();
        assertThat(harness.health.targets()).isEmpty();
        assertThat(harness.meters.getMeters()).isEmpty();
        assertThat(harness.kafka.openQueries).hasValue(0);
    }

    @Test
    void aBindingCanBeDeployedAgain() throws Exception {
        harness.deploy(Bindings.with());
        await(harness.outputs.undeploy("orders"));

        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"));
        harness.producer().nextSent().acknowledge(0, 1);

        assertThat(harness.nextAnswer().id()).isEqualTo(1);
        assertThat(count("create", true)).isEqualTo(1);
    }

    @Test
    void aNameIsDeployedOnce() throws Exception {
        harness.deploy(Bindings.with());

        assertThatThrownBy(() -> harness.deploy(Bindings.with())).hasMessageContaining("orders is deployed already");
    }

    @Test
    void bindingsThatCanShareAProducerDo() throws Exception {
        var other = Bindings.with();
        other.name = "invoices";
        other.topic = "invoices-topic";
        var different = Bindings.with();
        different.name = "slow";
        different.linger = java.time.Duration.ofMillis(5);
        harness.deploy(Bindings.with());
        harness.deploy(other);
        harness.deploy(different);

        assertThat(harness.kafka.producers).hasSize(2);
        assertThat(harness.kafka.openQueries).hasValue(1);
        await(harness.outputs.undeploy("orders"));
        assertThat(harness.kafka.producers.get(0).closed).isNotCompleted();
        await(harness.outputs.undeploy("invoices"));
        assertThat(harness.kafka.producers.get(0).closed).isCompleted();
        assertThat(harness.kafka.producers.get(1).closed).isNotCompleted();
    }

    @Test
    void aTypedRequestOnTheBusIsAnsweredWithItsOutcome() throws Exception {
        harness.deploy(Bindings.with());

        var reply = harness.vertx.eventBus().request(Addresses.invoke("orders"), create("1"));
        harness.producer().nextSent().acknowledge(1, 5);

        assertThat(await(reply).body()).isEqualTo(new Stored("orders-topic", 1, 5));
    }

    @Test
    void aJsonRequestOnTheBusBecomesARecord() throws Exception {
        harness.deploy(Bindings.with());
        var body = new JsonObject().put("operation", "create").put("data", new JsonObject().put("n", 1));

        var reply = harness.vertx.eventBus().request(Addresses.invoke("orders"), body);
        Sent sent = harness.producer().nextSent();
        sent.acknowledge(1, 5);

        assertThat(sent.record().value()).asString().isEqualTo("{\"n\":1}");
        assertThat(await(reply).body()).isEqualTo(new JsonObject());
    }

    @Test
    void aMessageThatIsNoRequestIsAnsweredAsMalformed() throws Exception {
        harness.deploy(Bindings.with());

        var reply = harness.vertx.eventBus().request(Addresses.invoke("orders"), "create");

        assertThatThrownBy(() -> await(reply)).cause().isInstanceOfSatisfying(ReplyException.class, e -> {
            assertThat(e.failureCode()).isEqualTo(400);
            assertThat(e.getMessage()).contains("ERR_MALFORMED_REQUEST");
        });
    }

    @Test
    void callsAreCountedByWhatBecameOfThem() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"), create("2"), new InvokeRequest("a\nb", null, Map.of()));
        harness.nextAnswer();
        harness.producer().nextSent().acknowledge(0, 1);
        harness.nextAnswer();
        assertThat(bytesInFlight()).isPositive();
        harness.producer().nextSent().fail(new NotLeaderOrFollowerException("moved"));
        harness.nextAnswer();

        var counts = new HashMap<String, Double>();
        counts.put("stored", count("create", true));
        counts.put("failed", count("create", false));
        counts.put("unsupported", count("unsupported", false));

        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of("stored", 1.0, "failed", 1.0, "unsupported", 1.0));
        assertThat(harness.meters
                        .get("dapr_component_output_binding_latencies")
                        .tags("success", "true", "app_id", "app", "component", "orders", "namespace", "")
                        .summary()
                        .count())
                .isEqualTo(1);
    }

    private double count(String operation, boolean success) {
        return harness.meters
                .get("dapr_component_output_binding_count")
                .tags("operation", operation, "success", Boolean.toString(success))
                .functionCounter()
                .count();
    }

    private double bytesInFlight() {
        return harness.meters.get("sluice_output_bytes_in_flight").gauge().value();
    }
}
