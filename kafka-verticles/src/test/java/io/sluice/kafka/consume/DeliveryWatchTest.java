package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.health.Health;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.kafka.consume.courier.Couriers;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.ConsumerPoller;
import io.sluice.kafka.consume.poll.InputMemory;
import io.sluice.kafka.consume.poll.MemberOpener;
import io.sluice.kafka.consume.progress.Attempt;
import io.sluice.kafka.consume.progress.Commit;
import io.sluice.kafka.produce.KafkaServices;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator hears when records do not move. */
class DeliveryWatchTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final long MINUTE = 60_000;
    private static final long HEAP = 8 * 1_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Health health = new Health();
    private final DeliveryFailures failures = new DeliveryFailures();
    private final AnswerTimes answers = new AnswerTimes();
    private Assignments assignments;
    private DeliveryWatch watch;
    private ByteBudget deliveries;
    private PartitionLane lane;
    private long now;

    @BeforeEach
    void start() {
        Inputs settings = Inputs.with();
        settings.ordering = Ordering.NONE;
        settings.maxInFlight = 8;
        settings.retryEnabled = true;
        settings.failurePolicy = FailurePolicy.BLOCK;
        var services = new KafkaServices(health, meters, "app", null);
        var memory = new InputMemory(HeapBudget.of(HEAP));
        Input input = Input.of(vertx, settings.binding(), services, null, new Couriers(vertx, true), memory);
        var opener = new MemberOpener(null, input.binding(), "t", memory);
        deliveries = memory.deliveries();
        assignments = new Assignments(
                input, "t", new ConsumerPoller(input.binding(), "t", Duration.ZERO, false, opener), () -> true);
        assignments.assigned(List.of(new Assignment(P0, new Commit(0, ""), 0)));
        lane = assignments.lanes().iterator().next();
        watch = new DeliveryWatch(input, assignments, failures, answers);
        now = input.clock().getAsLong();
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
        logger().setLevel(null);
        vertx.close();
    }

    @Test
    void anAttemptThatRunsForAMinuteIsToldOnceAndItsEndAsWell() {
        receive(0);
        Attempt<ConsumerRecord<byte[], byte[]>> attempt = lane.next(now).orElseThrow();

        lookWhileOthersAreAnswered(now + MINUTE - 1);
        assertThat(log.list).isEmpty();
        assertThat(gauge("sluice_input_long_attempts")).isZero();

        lookWhileOthersAreAnswered(now + MINUTE);
        lookWhileOthersAreAnswered(now + MINUTE + 1_000);
        lookWhileOthersAreAnswered(now + 10 * MINUTE);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains("deliveryTimeout");
            assertThat(line.getKeyValuePairs()).anySatisfy(pair -> {
                assertThat(pair.key).isEqualTo("offset");
                assertThat(pair.value).isEqualTo(0L);
            });
        });
        assertThat(gauge("sluice_input_long_attempts")).isOne();

        lane.settled(attempt);
        lookWhileOthersAreAnswered(now + 10 * MINUTE + 1_000);
        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(1).getLevel()).isEqualTo(Level.INFO);
        assertThat(gauge("sluice_input_long_attempts")).isZero();
    }

    @Test
    void manyThatBecomeLongOneAfterTheOtherAreToldOnceAMinute() {
        receive(0, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            lane.next(now + 1_000 * i).orElseThrow();
        }

        for (int second = 0; second < 10; second++) {
            lookWhileOthersAreAnswered(now + MINUTE + 1_000 * second);
        }

        assertThat(log.list).hasSize(1);
        assertThat(gauge("sluice_input_long_attempts")).isEqualTo(4);

        lookWhileOthersAreAnswered(now + 2 * MINUTE);
        lookWhileOthersAreAnswered(now + 4 * MINUTE);
        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(1).getKeyValuePairs())
                .anySatisfy(pair -> assertThat(pair).hasToString("attempts=\"4\""));
    }

    @Test
    void deliveriesThatFailForFiveSecondsAreToldThenOnceAMinuteAndWhenItIsOver() {
        failures.failed("no route to host", now);
        watch.look(now + 4_999);
        assertThat(log.list).isEmpty();

        for (int second = 5; second < 70; second++) {
            failures.failed("connection refused", now + 1_000 * second);
            watch.look(now + 1_000 * second);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.WARN);
        assertThat(told(0)).contains("no delivery has succeeded for 5 s", "2 have failed", "connection refused");
        assertThat(told(1)).contains("for 65 s", "62 have failed");
        assertThat(health()).contains("for 69 s", "connection refused");

        failures.end();
        watch.look(now + 70_000);
        assertThat(log.list).last().extracting(ILoggingEvent::getLevel).isEqualTo(Level.INFO);
        assertThat(health()).doesNotContain("connection refused");
    }

    @Test
    void aRecordThatOnlyWaitsForItsNextAttemptKeepsDeliveriesFailing() {
        receive(0);
        failures.failed("connection refused", now);
        lane.postponed(lane.next(now).orElseThrow(), "connection refused", now, now + MINUTE);

        for (int second = 1; second <= 4; second++) {
            watch.look(now + 1_000 * second);
        }

        assertThat(told(0)).contains("no delivery has succeeded for 4 s", "look at the app");
        assertThat(health()).contains("connection refused");
    }

    @Test
    void aRecordThatIsBlockedIsToldAsThatAlone() {
        receive(0);
        failures.failed("status 500", now);
        lane.blocked(lane.next(now).orElseThrow(), "status 500", now);

        watch.look(now + 10_000);

        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getMessage)
                .isEqualTo("records are blocked");
    }

    @Test
    void ofTwoTroublesEachIsToldAndTheOneThatIsLeftStays() {
        receive(0, 1);
        lane.blocked(lane.next(now).orElseThrow(), "status 500", now);
        failures.failed("connection refused", now);
        lane.postponed(lane.next(now).orElseThrow(), "connection refused", now, now + 5_000);

        watch.look(now + 4_000);
        assertThat(health()).contains("connection refused", "t/0@0; redeliver");

        failures.end();
        lane.acknowledged(lane.next(now + 5_000).orElseThrow());
        watch.look(now + 5_000);
        assertThat(health()).doesNotContain("connection refused").contains("t/0@0; redeliver");
        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactlyInAnyOrder(Level.WARN, Level.WARN, Level.INFO);
    }

    @Test
    void anAppThatAnswersNothingIsToldWithinFiveSecondsAndUntilItAnswers() {
        receive(0, 1);
        lane.next(now).orElseThrow();
        var second = lane.next(now + 2_000).orElseThrow();

        watch.look(now + 3_400);
        assertThat(log.list).isEmpty();
        assertThat(gauge("sluice_input_unanswered")).isZero();

        watch.look(now + 4_400);
        assertThat(told(0))
                .contains("the app has not answered for 4 s", "open deliveries: 2", "t/0@0", "deliveryTimeout");
        assertThat(health()).contains("has not answered for 4 s");
        assertThat(gauge("sluice_input_unanswered")).isEqualTo(2);

        lane.acknowledged(second);
        answers.answered(3_000, now + 5_000);
        watch.look(now + 5_400);
        assertThat(health()).doesNotContain("not answered");
        assertThat(log.list).last().extracting(ILoggingEvent::getLevel).isEqualTo(Level.INFO);
        assertThat(gauge("sluice_input_unanswered")).isZero();
    }

    @Test
    void anAppThatIsKnownToTakeTenSecondsHangsOnlyAfterTwenty() {
        answers.answered(10_000, now);
        receive(0);
        lane.next(now).orElseThrow();

        watch.look(now + 19_000);
        assertThat(log.list).isEmpty();

        watch.look(now + 20_000);
        assertThat(told(0)).contains("has not answered for 20 s");
    }

    @Test
    void whatAnAppTookLongAgoIsForgotten() {
        answers.answered(10_000, now);
        answers.answered(10, now + 6 * MINUTE);
        assertThat(answers.longest()).isEqualTo(10_000);

        answers.answered(10, now + 12 * MINUTE);
        assertThat(answers.longest()).isEqualTo(10);
    }

    @Test
    void aTroubleThatComesAndGoesIsToldAFewTimesAMinute() {
        receive(0);
        var attempt = lane.next(now).orElseThrow();
        for (int second = 4; second < 55; second += 5) {
            watch.look(now + 1_000 * second);
            assertThat(health()).contains("has not answered");
            answers.ended(now + 1_000 * second);
            watch.look(now + 1_000 * second + 100);
            assertThat(health()).doesNotContain("has not answered");
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.INFO, Level.WARN, Level.INFO, Level.WARN, Level.INFO);

        assertThat(lane.acknowledged(attempt)).isTrue();
    }

    @Test
    void aPartitionFullOfRecordsThatCannotMoveIsToldUntilTheyCan() {
        receive(IntStream.range(0, 2_000).asLongStream().toArray());
        for (var next = lane.next(now); next.isPresent(); next = lane.next(now)) {
            lane.blocked(next.get(), "status 500", now);
        }
        lane.room().update(now);

        watch.look(now);

        assertThat(log.list)
                .anySatisfy(line -> assertThat(line.getMessage()).contains("held by records that cannot move"));
        assertThat(health()).contains("take no more records", "redeliver or skip", "t/0");
    }

    @Test
    void aFailureBetweenSuccessesIsNoTrouble() {
        for (int second = 0; second < 20; second++) {
            failures.failed("status 500", now + 1_000 * second);
            failures.end();
            watch.look(now + 1_000 * second);
        }

        assertThat(log.list).isEmpty();
    }

    @Test
    void oneFailureAndThenSilenceIsNoTrouble() {
        failures.failed("status 500", now);

        for (int second = 0; second < 120; second++) {
            watch.look(now + 1_000 * second);
        }

        assertThat(log.list).isEmpty();
    }

    @Test
    void failuresAreOverWhenNothingIsLeftThatCouldFail() {
        for (int second = 0; second < 20; second++) {
            failures.failed("status 500", now + 1_000 * second);
            watch.look(now + 1_000 * second);
        }
        assertThat(log.list).hasSize(1);

        for (int second = 20; second < 40; second++) {
            watch.look(now + 1_000 * second);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void partitionsThatGoToAnotherMemberTakeTheTroubleWithThem() {
        failures.failed("connection refused", now);
        failures.failed("connection refused", now + 5_000);
        watch.look(now + 5_000);

        assignments.lost(List.of(lane.assignment()));
        watch.look(now + 6_000);
        watch.look(now + 60_000 * 5);

        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void aRecordThatIsRefusedForTheFourthTimeIsTold() {
        receive(0);
        for (int refusals = 1; refusals <= 4; refusals++) {
            assertThat(log.list).isEmpty();
            now += 10;
            lane.refused(lane.next(now).orElseThrow(), new Refused(500, "status 500"), now);
            watch.look(now);
        }

        assertThat(told(0)).contains("t/0@0", "4 times", "backOffMaxRetries");
        assertThat(health()).contains("t/0@0");
        assertThat(gauge("sluice_input_retrying")).isOne();

        lane.acknowledged(lane.next(now + 10).orElseThrow());
        watch.look(now + 10);
        assertThat(log.list).hasSize(2);
        assertThat(gauge("sluice_input_retrying")).isZero();
    }

    @Test
    void aRecordThatIsBlockedIsToldAsLongAsItIs() {
        receive(0);
        var attempt = lane.next(now).orElseThrow();
        lane.blocked(attempt, "status 500", now);

        watch.look(now);
        watch.look(now + MINUTE);

        assertThat(log.list).hasSize(2);
        assertThat(told(0)).contains("t/0@0", "redeliver");
        assertThat(gauge("sluice_input_blocked_records")).isOne();

        lane.settleStanding(0);
        watch.look(now + MINUTE + 1_000);
        assertThat(log.list).last().extracting(ILoggingEvent::getLevel).isEqualTo(Level.INFO);
    }

    @Test
    void aPartitionThatWaitsForMemoryIsToldWithinFiveSecondsWithTheRemedy() {
        deliveries.reserve(999_900);
        receive(0);
        assertThat(lane.assignment().isFull()).isTrue();
        assertThat(assignments.statuses().get(0).memoryShort()).contains("of the 1000000 bytes");

        assignments.updateFull();
        watch.look(now + 3_000);
        assertThat(log.list).isEmpty();
        assertThat(gauge("sluice_input_memory_short")).isOne();

        watch.look(now + MINUTE);
        watch.look(now + MINUTE + 1_000);
        assertThat(log.list).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
        assertThat(told(0)).contains("hold 1000400 of the 1000000 bytes", "-Xmx");
        assertThat(health()).contains("no more records of 1 partitions are taken");

        deliveries.release(999_900);
        assertThat(assignments.updateFull()).isTrue();
        watch.look(now + MINUTE + 2_000);
        assertThat(lane.assignment().isFull()).isFalse();
        assertThat(log.list).last().extracting(ILoggingEvent::getLevel).isEqualTo(Level.INFO);
        assertThat(health()).doesNotContain("no more records");
        assertThat(gauge("sluice_input_memory_short")).isZero();
    }

    @Test
    void aPartitionThatHoldsNothingTakesRecordsHoweverShortMemoryIs() {
        deliveries.reserve(2_000_000);

        assignments.updateFull();
        assertThat(lane.assignment().isFull()).isFalse();

        receive(0);
        assertThat(lane.assignment().isFull()).isTrue();
        lane.acknowledged(lane.next(now).orElseThrow());
        assertThat(assignments.updateFull()).isTrue();
        assertThat(lane.assignment().isFull()).isFalse();
    }

    @Test
    void whatIsSettledLostOrLeftIsGivenBack() {
        receive(0, 1, 2);
        assertThat(deliveries.reserved()).isEqualTo(1_500);

        lane.acknowledged(lane.next(now).orElseThrow());
        assignments.updateFull();
        assertThat(deliveries.reserved()).isEqualTo(1_000);

        assignments.lost(List.of(lane.assignment()));
        assertThat(deliveries.reserved()).isZero();

        assignments.assigned(List.of(new Assignment(P0, new Commit(0, ""), 0)));
        receive(0);
        assignments.close();
        assertThat(deliveries.reserved()).isZero();
    }

    private void lookWhileOthersAreAnswered(long time) {
        answers.ended(time);
        watch.look(time);
    }

    private String told(int line) {
        return String.valueOf(log.list.get(line).getKeyValuePairs());
    }

    private String health() {
        return health.targets().get("input:orders").detail();
    }

    private void receive(long... offsets) {
        var records = Arrays.stream(offsets)
                .mapToObj(offset -> new ConsumerRecord<>("t", 0, offset, (byte[]) null, new byte[0]))
                .toList();
        long next = offsets[offsets.length - 1] + 1;
        assignments.received(new ConsumerRecords<>(Map.of(P0, records), Map.of(P0, new OffsetAndMetadata(next))));
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.sluice.kafka.consume");
    }
}
