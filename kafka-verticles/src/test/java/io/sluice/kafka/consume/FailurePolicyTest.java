package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static io.sluice.kafka.consume.InputHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.bus.Addresses;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.kafka.consume.InputHarness.Call;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class FailurePolicyTest {
    private InputHarness harness;
    private final Inputs binding = Inputs.with();

    @BeforeEach
    void start() throws Exception {
        harness = new InputHarness();
        binding.deliveryTimeout = Duration.ofMillis(500);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aRefusedRecordIsSkippedAndKeptInTheLedger() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 3, null, "a");
        consumer.add(P0, 4, null, "b");
        harness.nextCall().refuse();
        harness.nextCall().acknowledge();

        await().until(() -> committed() == 5);

        JsonObject failure = failures();
        assertThat(failure.getString("time")).isNotEmpty();
        failure.remove("time");
        assertThat(failure.getMap())
                .isEqualTo(Map.of(
                        "topic",
                        "t",
                        "partition",
                        0,
                        "offset",
                        3L,
                        "attempts",
                        1,
                        "status",
                        500,
                        "reason",
                        "status 500",
                        "answer",
                        "",
                        "outcome",
                        "skipped"));
        assertThat(counter("sluice_input_skipped")).isEqualTo(1);
        assertThat(calls("true")).isEqualTo(1);
        assertThat(calls("false")).isEqualTo(1);
    }

    @Test
    void retriesThatAreUsedUpCountInTheLedger() throws Exception {
        binding.retryEnabled = true;
        binding.maxRetries = 2;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        for (int i = 0; i < 3; i++) {
            harness.nextCall().refuse();
        }

        await().until(() -> committed() == 1);

        assertThat(failures().getInteger("attempts")).isEqualTo(3);
    }

    @Test
    void aRecordIsNotSkippedWhileTheAppAsksForPauses() throws Exception {
        binding.retryEnabled = true;
        binding.maxRetries = 0;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        for (int i = 0; i < 3; i++) {
            harness.nextCall().answer(new Refused(503, "status 503", Duration.ofMillis(20)));
        }
        harness.nextCall().acknowledge();

        await().until(() -> committed() == 1);

        assertThat(counter("sluice_input_skipped")).isZero();
    }

    @Test
    void withoutRetriesAnAppThatAsksForAPauseRefuses() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");

        harness.nextCall().answer(new Refused(503, "status 503", Duration.ofMinutes(1)));

        await().until(() -> committed() == 1);
        assertThat(counter("sluice_input_skipped")).isOne();
    }

    @Test
    void theTapTellsOutcomesAndAttempts() throws Exception {
        BlockingQueue<JsonObject> tapped = new LinkedBlockingQueue<>();
        InputHarness.await(harness.vertx
                .eventBus()
                .<JsonObject>consumer(Addresses.tap("orders"), message -> tapped.add(message.body()))
                .completion());
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        harness.nextCall().refuse();

        JsonObject told = tapped.poll(5, TimeUnit.SECONDS);

        assertThat(told)
                .isEqualTo(new JsonObject()
                        .put("topic", "t")
                        .put("partition", 0)
                        .put("offset", 0L)
                        .put("outcome", "skipped")
                        .put("attempts", 1));
    }

    @Test
    void aDeadLetterIsTheRecordWithItsStory() throws Exception {
        deadLetters();
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 6, "key", "value");
        harness.nextCall().refuse();
        ProducerRecord<byte[], byte[]> letter = nextLetter();
        assertThat(committed()).isLessThan(7);

        harness.producer.completeNext();

        await().until(() -> committed() == 7);
        assertThat(letter.topic()).isEqualTo("dead");
        assertThat(letter.key()).asString().isEqualTo("key");
        assertThat(letter.value()).asString().isEqualTo("value");
        assertThat(headers(letter))
                .containsEntry("sluice.dlq.binding", "orders")
                .containsEntry("sluice.dlq.topic", "t")
                .containsEntry("sluice.dlq.partition", "0")
                .containsEntry("sluice.dlq.offset", "6")
                .containsEntry("sluice.dlq.attempts", "1")
                .containsEntry("sluice.dlq.reason", "status 500")
                .containsEntry("sluice.dlq.status", "500")
                .containsKey("sluice.dlq.timestamp")
                .hasSize(8);
        assertThat(failures().getString("outcome")).isEqualTo("deadLettered");
    }

    @Test
    void aDeadLetterThatCannotBeWrittenStopsThePartitionAndIsWrittenLater() throws Exception {
        deadLetters();
        binding.ordering = Ordering.KEY;
        binding.maxInFlight = 8;
        FakeConsumer consumer = harness.deploy(binding, P0, P1);
        consumer.add(P0, 0, "a", "a");
        Call call = harness.nextCall();
        call.refuse();
        nextLetter();
        harness.producer.errorNext(new NotEnoughReplicasException("one is not enough"));
        await().until(() -> counter("sluice_dead_letter_failures") == 1);
        assertThat(harness.health.targets().get("input:orders").detail()).contains("one is not enough");

        consumer.add(P0, 1, "b", "b");
        consumer.add(P1, 0, "c", "c");
        assertThat(harness.nextCall().delivery.coordinates().partition()).isEqualTo(1);
        assertThat(harness.unreadCalls()).isEmpty();
        await().until(() -> harness.producer.history().size() == 2);
        harness.producer.completeNext();

        assertThat(harness.nextCall().delivery.key()).asString().isEqualTo("b");
        await().until(() -> committed() == 1);
        assertThat(harness.health.targets().get("input:orders").ready()).isTrue();
    }

    @Test
    void aRecordWhoseDeadLetterCannotBeWrittenIsListedAndGoesOnWhenItIsRedelivered() throws Exception {
        FakeConsumer consumer = unwritten();
        assertThat(failures().getString("outcome")).isEqualTo("unwritten");
        consumer.add(P0, 1, null, "b");

        harness.readable(P0, 0, "a");
        var answer = harness.redeliver("t", 0, 0);
        harness.nextCall().acknowledge();
        InputHarness.await(answer);

        assertThat(harness.nextCall().offset()).isEqualTo(1);
        await().until(() -> committed() == 1);
        assertThat(failures().getString("outcome")).isEqualTo("redelivered");
        assertThat(harness.health.targets().get("input:orders").detail()).doesNotContain("one is not enough");
        int letters = harness.producer.history().size();
        harness.producer.errorNext(new NotEnoughReplicasException("one is not enough"));
        await().during(Duration.ofMillis(500))
                .until(() -> harness.producer.history().size() == letters);
    }

    @Test
    void aDeadLetterThatIsWrittenDoesNotHideAnotherThatIsNot() throws Exception {
        deadLetters();
        FakeConsumer consumer = harness.deploy(binding, P0, P1);
        consumer.add(P0, 0, null, "a");
        consumer.add(P1, 0, null, "b");
        harness.nextCall().refuse();
        harness.nextCall().refuse();
        await().until(() -> harness.producer.history().size() == 2);
        harness.producer.errorNext(new NotEnoughReplicasException("one is not enough"));
        harness.producer.errorNext(new NotEnoughReplicasException("one is not enough"));
        await().until(() -> harness.producer.history().size() == 4);

        harness.producer.completeNext();
        await().until(() -> counter("sluice_input_dead_lettered") == 1);
        assertThat(harness.health.targets().get("input:orders").detail()).contains("one is not enough");

        harness.producer.completeNext();
        await().until(() -> harness.health.targets().get("input:orders").ready());
    }

    @Test
    void aDeadLetterThatFailsForOneReasonAfterTheOtherIsToldOnce() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(InputHealth.class);
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try {
            unwritten();
            for (int i = 2; i <= 4; i++) {
                var next = new NotEnoughReplicasException("reason " + i);
                await().until(() -> harness.producer.errorNext(next));
            }
            await().until(() ->
                    harness.health.targets().get("input:orders").detail().contains("reason 4"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list)
                .filteredOn(line -> line.getLevel() == Level.WARN)
                .filteredOn(line -> String.valueOf(line.getKeyValuePairs()).contains("dead letters of t"))
                .hasSize(1);
    }

    @Test
    void aRecordWhoseDeadLetterCannotBeWrittenCanBeSkipped() throws Exception {
        FakeConsumer consumer = unwritten();
        consumer.add(P0, 1, null, "b");

        harness.ask(
                Addresses.skip("orders"),
                new JsonObject().put("topic", "t").put("partition", 0).put("offset", 0));

        assertThat(harness.nextCall().offset()).isEqualTo(1);
        await().until(() -> committed() == 1);
        assertThat(failures().getString("outcome")).isEqualTo("skipped");
        assertThat(counter("sluice_input_skipped")).isOne();
    }

    @Test
    void aDeadLetterThatCannotBeWrittenKeepsNobodyWhoWaitsForItsPartition() throws Exception {
        binding.deliveryTimeout = Duration.ZERO;
        FakeConsumer consumer = unwritten();

        consumer.revokeAll();

        await().until(() -> lettersFail() && consumer.events.contains("handed over"));
        assertThat(committed()).as("the next owner offers the record again").isZero();
        assertNoMoreLetters();
    }

    @Test
    void aDeadLetterOfAPartitionThatIsLostIsGivenUp() throws Exception {
        FakeConsumer consumer = unwritten();

        consumer.lose(P0);

        await().until(() -> lettersFail()
                && !harness.health.targets().get("input:orders").detail().contains("one is not enough"));
        assertNoMoreLetters();
    }

    private boolean lettersFail() {
        harness.producer.errorNext(new NotEnoughReplicasException("one is not enough"));
        return true;
    }

    /** They were written again after 100 ms, doubling. */
    private void assertNoMoreLetters() {
        int letters = harness.producer.history().size();
        await().during(Duration.ofMillis(500))
                .until(() -> lettersFail() && harness.producer.history().size() == letters);
    }

    private FakeConsumer unwritten() throws Exception {
        deadLetters();
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        harness.nextCall().refuse();
        nextLetter();
        harness.producer.errorNext(new NotEnoughReplicasException("one is not enough"));
        await().until(() -> counter("sluice_dead_letter_failures") == 1);
        return consumer;
    }

    @Test
    void aBlockedRecordStopsItsLaneOnlyAndIsExplained() throws Exception {
        block();
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, "a", "poison");
        harness.nextCall().refuse();
        await().until(() -> counter("sluice_input_blocked") == 1);
        consumer.add(P0, 1, "a", "waits");
        consumer.add(P0, 2, "b", "goes");

        Call other = harness.nextCall();
        assertThat(other.offset()).isEqualTo(2);
        other.acknowledge();

        await().until(() -> partition().getInteger("windowRecords") == 2);
        JsonObject partition = partition();
        JsonObject blocked = partition.getJsonArray("blocked").getJsonObject(0);
        assertThat(blocked.getString("key")).isEqualTo("a");
        assertThat(blocked.getLong("offset")).isZero();
        assertThat(blocked.getString("reason")).isEqualTo("status 500");
        assertThat(partition.getString("lastError")).isEqualTo("status 500");
        assertThat(partition.getString("lastErrorAt")).isNotEmpty();
        assertThat(partition.getLong("end")).isEqualTo(100);
        assertThat(partition.getLong("lag")).isEqualTo(100);
        assertThat(partition.getJsonObject("oldestUnsettled").getInteger("attempts"))
                .isEqualTo(1);
        assertThat(partition.getBoolean("paused")).isFalse();
        assertThat(committed()).isZero();
    }

    @Test
    void aBlockedRecordThatIsRedeliveredLetsItsLaneGoOn() throws Exception {
        block();
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, "a", "poison");
        consumer.add(P0, 1, "a", "waits");
        harness.nextCall().refuse();
        await().until(() -> counter("sluice_input_blocked") == 1);

        harness.readable(P0, 0, "poison");
        var answer = harness.redeliver("t", 0, 0);
        Call again = harness.nextCall();
        assertThat(again.offset()).isZero();
        again.acknowledge();
        InputHarness.await(answer);

        Call next = harness.nextCall();
        assertThat(next.offset()).isEqualTo(1);
        next.acknowledge();
        await().until(() -> committed() == 2);
        assertThat(partition().getString("lastError")).isEmpty();
        assertThat(partition().getValue("lastErrorAt")).isNull();
        assertThat(failures().getString("outcome")).isEqualTo("redelivered");
    }

    private void deadLetters() {
        binding.failurePolicy = FailurePolicy.DEAD_LETTER;
        binding.deadLetterTopic = "dead";
    }

    private void block() {
        binding.failurePolicy = FailurePolicy.BLOCK;
        binding.ordering = Ordering.KEY;
        binding.maxInFlight = 8;
    }

    private ProducerRecord<byte[], byte[]> nextLetter() {
        await().until(() -> !harness.producer.history().isEmpty());
        return harness.producer.history().get(0);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    private JsonObject failures() throws Exception {
        return harness.ask(Addresses.failures("orders"), new JsonObject())
                .getJsonArray("failures")
                .getJsonObject(0);
    }

    private JsonObject partition() throws Exception {
        return harness.ask(Addresses.partitions("orders"), new JsonObject())
                .getJsonArray("partitions")
                .getJsonObject(0);
    }

    private long committed() {
        var committed = harness.group.get(P0);
        return committed == null ? -1 : committed.offset();
    }

    private double counter(String name) {
        return harness.meters.get(name).counter().count();
    }

    private double calls(String success) {
        return harness.meters
                .get("dapr_component_input_binding_count")
                .tag("success", success)
                .functionCounter()
                .count();
    }
}
