package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static io.sluice.kafka.consume.InputHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.bus.Addresses;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.kafka.consume.InputHarness.Call;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ConsumingTest {
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
    void recordsOfAPartitionAreDeliveredOneAfterTheOtherAndThenCommitted() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, "k", "first");
        consumer.add(P0, 1, "k", "second");

        Call first = harness.nextCall();
        assertThat(first.offset()).isZero();
        assertThat(first.delivery.value()).asString().isEqualTo("first");
        assertThat(harness.unreadCalls()).isEmpty();
        first.acknowledge();
        harness.nextCall().acknowledge();

        await().until(() -> committed() == 2);
    }

    @Test
    void nobodyJoinsBeforeTheAppTakesTheRecords() throws Exception {
        InputHarness.await(harness.inputs.deploy(binding.binding()));
        harness.gate(false);
        InputHarness.await(harness.vertx.timer(50).mapEmpty());

        assertThat(harness.consumers).isEmpty();
        harness.gate(true);
        assertThat(harness.consumer(0)).isNotNull();
    }

    @Test
    void aClosedGateHoldsRecordsBackAndAnOpenOneLetsThemGo() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call first = harness.nextCall();
        harness.gate(false);
        consumer.add(P0, 1, null, "b");
        first.acknowledge();
        await().until(() -> committed() == 1);
        assertThat(harness.unreadCalls()).isEmpty();

        harness.gate(true);

        assertThat(harness.nextCall().offset()).isEqualTo(1);
    }

    @ParameterizedTest(name = "with a limit of {0} s")
    @ValueSource(ints = {10, 0})
    void aRevokedPartitionWaitsForWhatIsInFlightAndCommitsBeforeItIsHandedOver(int seconds) throws Exception {
        binding.deliveryTimeout = Duration.ofSeconds(seconds);
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        consumer.add(P0, 1, null, "b");
        Call call = harness.nextCall();
        consumer.revokeAll();
        await().until(() -> consumer.events.contains("revoking"));

        call.acknowledge();

        await().until(() -> consumer.events.contains("handed over"));
        assertThat(consumer.events).endsWith("last commit t-0@1", "handed over");
        assertThat(harness.unreadCalls()).isEmpty();
    }

    /** It waits for its turn at the app, and nothing looks at the clock while the process stands still. */
    @Test
    void aDeliveryIsNotWantedAfterAStandstillBeforeTheGroupHasConfirmedTheMember() throws Exception {
        binding.heartbeat = Duration.ofMillis(9_900);
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();

        await().pollInterval(Duration.ofMillis(300)).until(() -> !call.isWanted());
        call.acknowledge();

        await().until(() -> committed() == 1);
    }

    /** It may still wait for its turn at the app, for as long as others take. */
    @Test
    void aDeliveryIsNotWantedAnyMoreOnceItsPartitionIsBeingHandedOver() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();
        assertThat(call.isWanted()).isTrue();

        consumer.revokeAll();

        await().until(() -> !call.isWanted());
        call.acknowledge();
        await().until(() -> consumer.events.contains("handed over"));
    }

    @Test
    void nothingIsCommittedAfterAHandOver() throws Exception {
        binding.deliveryTimeout = Duration.ofMillis(100);
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();
        await().until(() -> committed() == 0);
        consumer.revokeAll();
        await().until(() -> consumer.events.contains("handed over"));

        call.acknowledge();
        InputHarness.await(harness.inputs.drain());

        assertThat(consumer.events).endsWith("handed over");
        assertThat(committed()).isZero();
    }

    @Test
    void aLostPartitionIsNotCommitted() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();
        await().until(() -> committed() == 0);
        consumer.lose(P0);

        consumer.inPoll(call::acknowledge);
        InputHarness.await(harness.inputs.drain());

        assertThat(committed()).isZero();
    }

    @Test
    void aPartitionThatIsLostIsOver() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();
        consumer.lose(P0);

        await().until(() -> !call.isWanted());
        await().until(() -> harness.meters.find("sluice_input_lag").gauge() == null);
    }

    @Test
    void aCommitThatFailsIsMadeAgain() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        await().until(() -> committed() == 0);
        consumer.commitErrors.add(new DisconnectException("the coordinator is gone"));
        consumer.add(P0, 0, null, "a");

        harness.nextCall().acknowledge();

        await().until(() -> commitFailures() == 1);
        await().until(() -> committed() == 1);
    }

    @Test
    void aStartWithoutACommitIsCommittedSoThatNothingIsLostBeforeTheFirstRecord() throws Exception {
        harness.deploy(binding, P0);

        await().until(() -> harness.group.containsKey(P0));
        assertThat(committed()).isZero();
    }

    @Test
    void whatRetentionRemovedIsPassedOverAndCounted() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.inPoll(() -> {
            consumer.updateBeginningOffsets(Map.of(P0, 40L));
            consumer.setPollException(new OffsetOutOfRangeException(Map.of(P0, 0L)));
        });

        await().until(() -> committed() == 40);
        consumer.add(P0, 40, null, "the first that is left");
        assertThat(harness.nextCall().offset()).isEqualTo(40);
        assertThat(harness.meters.get("sluice_input_position_jumps").counter().count())
                .isEqualTo(1);
    }

    @Test
    void whatReplacesTheEndOfALogIsDelivered() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        for (int i = 0; i < 3; i++) {
            consumer.add(P0, i, null, "old");
            harness.nextCall().acknowledge();
        }
        await().until(() -> committed() == 3);

        consumer.inPoll(() -> consumer.setPollException(new LogTruncationException(
                "cut", Map.of(P0, 3L), Map.of(P0, new OffsetAndMetadata(1, Optional.of(5), "")))));

        await().until(() -> harness.group.get(P0).equals(new OffsetAndMetadata(1, Optional.of(5), "")));
        consumer.add(P0, 1, null, "new");
        Call call = harness.nextCall();
        assertThat(call.offset()).isEqualTo(1);
        assertThat(call.delivery.value()).asString().isEqualTo("new");
    }

    @Test
    void anUnreachableAppCostsNoAttempt() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        for (int i = 0; i < 3; i++) {
            harness.nextCall().answer(new Unreachable("no connection"));
        }

        harness.nextCall().acknowledge();

        await().until(() -> committed() == 1);
        assertThat(skipped()).isZero();
    }

    @Test
    void anAppThatIsAwayIsTriedWithOneRecordAndNotWithAllThatWait() throws Exception {
        Set<Integer> triers = new HashSet<>();
        TopicPartition[] partitions = partitions(50);
        FakeConsumer consumer = harness.deploy(binding, partitions);
        for (TopicPartition partition : partitions) {
            consumer.add(partition, 0, null, "a");
        }
        for (int i = 0; i < partitions.length; i++) {
            harness.nextCall().answer(new Unreachable("no connection"));
        }

        for (int round = 0; round < 3; round++) {
            Call tried = harness.nextCall();
            triers.add(tried.delivery.coordinates().partition());
            // What would have been sent with it is there by now.
            InputHarness.await(harness.vertx.timer(50).mapEmpty());
            assertThat(harness.unreadCalls()).isEmpty();
            tried.answer(new Unreachable("no connection"));
        }
        harness.nextCall().acknowledge();

        // The app may die of one of them, so that it is another one each time.
        assertThat(triers).hasSize(3);
        for (int i = 1; i < partitions.length; i++) {
            harness.nextCall().acknowledge();
        }
        await().until(() -> partitions.length
                == consumer.group.values().stream()
                        .filter(committed -> committed.offset() == 1)
                        .count());
    }

    private static TopicPartition[] partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition("t", partition))
                .toArray(TopicPartition[]::new);
    }

    @Test
    void recordsWaitForSomebodyWhoTalksToTheApp() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        harness.appGoes();
        consumer.add(P0, 0, null, "a");
        InputHarness.await(harness.vertx.timer(50).mapEmpty());

        harness.appComes();

        harness.nextCall().acknowledge();
        await().until(() -> committed() == 1);
    }

    @Test
    void aRefusedRecordIsTriedAgainWhenRetryingIsOn() throws Exception {
        binding.retryEnabled = true;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 7, null, "a");
        harness.nextCall().refuse();

        Call again = harness.nextCall();
        again.acknowledge();

        assertThat(again.offset()).isEqualTo(7);
        await().until(() -> committed() == 8);
    }

    @Test
    void aRecordThatCannotBeSentForADefectIsNotInFlightForEver() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        var headers = new RecordHeaders() {
            private int reads;

            @Override
            public Iterator<Header> iterator() {
                if (reads++ > 0) {
                    throw new IllegalStateException("a defect");
                }
                return super.iterator();
            }
        };
        consumer.inPoll(() -> consumer.addRecord(new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, null, new byte[0], headers, Optional.empty())));

        FakeConsumer next = harness.consumer(1);
        assertThat(harness.health.targets().get("input:orders").detail()).contains("a defect");
        next.assign(P0);
        next.add(P0, 0, null, "a");

        harness.nextCall().acknowledge();
        await().until(() -> committed() == 1);
    }

    @Test
    void aConsumerThatFailsIsReplacedAndTellsWhy() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.inPoll(() -> consumer.setPollException(new GroupAuthorizationException("group")));
        await().until(() ->
                harness.health.targets().get("input:orders").detail().contains("the consumer of t failed"));

        FakeConsumer next = harness.consumer(1);
        next.assign(P0);
        next.add(P0, 0, null, "a");

        harness.nextCall().acknowledge();
        await().until(() -> committed() == 1);
        assertThat(harness.health.targets().get("input:orders").detail()).isEmpty();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void whatKeptTheRecordsOfAConsumerThatFailsIsNotToldOfTheNextOne() throws Exception {
        binding.failurePolicy = FailurePolicy.BLOCK;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        harness.nextCall().refuse();
        await().until(() ->
                harness.health.targets().get("input:orders").detail().contains("the first one is t/0@0"));

        consumer.inPoll(() -> consumer.setPollException(new GroupAuthorizationException("group")));
        harness.consumer(1).assign(P0);

        await().until(() -> harness.health.targets().get("input:orders").ready());
        assertThat(harness.meters.get("sluice_input_blocked_records").gauge().value())
                .isZero();
    }

    @Test
    void anErrorInTheThreadOfAConsumerIsCountedToldAndFollowedByANewConsumer() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.inPoll(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        await().until(() ->
                harness.health.targets().get("input:orders").detail().contains("Java heap space"));
        assertThat(harness.meters
                        .get("sluice_input_consumer_failures")
                        .counter()
                        .count())
                .isEqualTo(1);

        FakeConsumer next = harness.consumer(1);
        next.assign(P0);
        next.add(P0, 0, null, "a");

        harness.nextCall().acknowledge();
        await().until(() -> committed() == 1);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aRecordThatNeedsTooMuchMemoryAgainIsHeldAndTheOtherPartitionsGoOn() throws Exception {
        FakeConsumer first = harness.deploy(binding, P0, P1);
        first.inPoll(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        FakeConsumer next = harness.consumer(1);
        next.assign(P0, P1);
        next.add(P1, 0, null, "a");
        harness.nextCall().acknowledge();
        next.inPoll(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        next.inPoll(() -> {
            throw new KafkaException("cannot fetch the next record from t-0");
        });

        await().until(() ->
                harness.health.targets().get("input:orders").detail().contains("t/0@0 cannot be read"));
        next.add(P1, 1, null, "b");

        assertThat(harness.nextCall().delivery.coordinates().partition()).isEqualTo(1);
        assertThat(harness.consumers).hasSize(2);
    }

    @Test
    void aMemberWhoseInstanceIdIsTakenStaysOutUntilTheOtherHasLeft() throws Exception {
        binding.instanceId = "i";
        binding.heartbeat = Duration.ofMillis(20);
        harness.instanceTaken = true;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.inPoll(() -> consumer.setPollException(new FencedInstanceIdException("fenced")));
        await().until(() -> !harness.health.targets().get("input:orders").ready());
        assertThat(harness.health.targets().get("input:orders").detail()).contains("groupInstanceId");

        await().during(Duration.ofMillis(400)).until(() -> harness.consumers.size() == 1);
        harness.instanceTaken = false;

        assertThat(harness.consumer(1)).isNotNull();
    }

    @Test
    void metadataThatTheBrokerFindsTooLargeGivesWay() throws Exception {
        binding.ordering = Ordering.NONE;
        binding.maxInFlight = 500;
        binding.channelBufferSize = 500;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.longestMetadata = 200;
        for (int i = 0; i < 500; i++) {
            consumer.add(P0, i * 7L, null, "a");
        }
        for (int i = 0; i < 500; i++) {
            Call call = harness.nextCall();
            if (i % 2 == 1) {
                call.acknowledge();
            }
        }

        await().until(() ->
                commitFailures() > 0 && !harness.group.get(P0).metadata().isEmpty());
        assertThat(harness.group.get(P0).metadata()).hasSizeLessThanOrEqualTo(200);
    }

    private double commitFailures() {
        return harness.meters.get("sluice_input_commit_failures").counter().count();
    }

    @Test
    void plainOffsetsAreCommittedBeforeAHandOverWhenTheBrokerTakesNoMetadata() throws Exception {
        binding.ordering = Ordering.NONE;
        binding.maxInFlight = 2;
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.longestMetadata = 0;
        consumer.add(P0, 5, null, "open");
        consumer.add(P0, 6, null, "settled");
        harness.nextCall();
        harness.nextCall().acknowledge();

        consumer.revokeAll();

        await().until(() -> consumer.events.contains("handed over"));
        assertThat(harness.group.get(P0)).isEqualTo(new OffsetAndMetadata(5));
    }

    @Test
    void drainingWaitsForTheAppCommitsAndLeaves() throws Exception {
        binding.deliveryTimeout = Duration.ofSeconds(10);
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();
        var drained = harness.inputs.drain();
        assertThat(consumer.left).isFalse();

        call.acknowledge();
        InputHarness.await(drained);

        assertThat(committed()).isEqualTo(1);
        assertThat(consumer.left).isTrue();
    }

    @Test
    void anAppThatHangsKeepsNobodyFromCommittingAndLeavingInTime() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0, P1);
        consumer.add(P0, 0, null, "a");
        Call answered = harness.nextCall();
        consumer.add(P1, 0, null, "b");
        harness.nextCall();
        answered.acknowledge();

        InputHarness.await(harness.inputs.close(Duration.ofMillis(300)));

        assertThat(committed()).isEqualTo(1);
        assertThat(harness.group.get(P1).offset()).isZero();
        assertThat(consumer.left).isTrue();
    }

    @Test
    void aFullWindowPausesThePartitionUntilThereIsRoom() throws Exception {
        binding.channelBufferSize = 4;
        FakeConsumer consumer = harness.deploy(binding, P0);
        for (int i = 0; i < 6; i++) {
            consumer.add(P0, i, null, "a");
        }
        await().until(() -> consumer.paused().contains(P0));

        for (int i = 0; i < 6; i++) {
            harness.nextCall().acknowledge();
        }

        await().until(() -> committed() == 6 && consumer.paused().isEmpty());
    }

    @Test
    void thePartitionsGaugesAreThereAsLongAsThePartitionIs() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        consumer.add(P0, 0, null, "a");
        Call call = harness.nextCall();

        await().until(() -> gauge("sluice_input_window_records", "component", "orders") == 1);
        await().until(() -> gauge("sluice_input_unsettled_age_seconds", "component", "orders") > 0);
        call.acknowledge();
        InputHarness.await(harness.vertx
                .eventBus()
                .request(Addresses.partitions("orders"), new JsonObject())
                .mapEmpty());
        String[] partition = {"component", "orders", "topic", "t", "partition", "0"};
        await().until(() -> gauge("sluice_input_lag", partition) == 99);
        await().until(() -> gauge("sluice_input_window_records", "component", "orders") == 0);
        assertThat(gauge("sluice_input_unsettled_age_seconds", "component", "orders"))
                .isZero();
        consumer.revokeAll();

        await().until(() -> harness.meters.find("sluice_input_lag").gauge() == null);
    }

    private double gauge(String name, String... tags) {
        return harness.meters.get(name).tags(tags).gauge().value();
    }

    private long committed() {
        var committed = harness.group.get(P0);
        return committed == null ? -1 : committed.offset();
    }

    private double skipped() {
        return harness.meters.get("sluice_input_skipped").counter().count();
    }
}
