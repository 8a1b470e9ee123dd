package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.budget.HeapBudget;
import io.sluice.kafka.consume.courier.Couriers;
import io.sluice.kafka.consume.poll.InputMemory;
import io.sluice.kafka.produce.KafkaServices;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.DisconnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a consumer commits by itself: here nothing happens each second. */
@Timeout(30)
class TopicConsumerTest {
    private InputHarness harness;
    private Context context;
    private TopicConsumer topic;
    private final Inputs binding = Inputs.with();

    @BeforeEach
    void start() throws Exception {
        harness = new InputHarness();
        context = harness.vertx.getOrCreateContext();
        binding.deliveryTimeout = Duration.ofMillis(100);
    }

    @AfterEach
    void stop() throws Exception {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(v -> topic.close().onComplete(closed));
        InputHarness.await(closed.future());
        harness.close();
    }

    /** The first consumer, with P0. */
    private FakeConsumer open() throws Exception {
        var heap = HeapBudget.ofProcess();
        var services = new KafkaServices(harness.health, harness.meters, "app", null, heap);
        var couriers = new Couriers(harness.vertx, true);
        var input = Input.of(harness.vertx, binding.binding(), services, harness, couriers, new InputMemory(heap));
        Consumer<Throwable> failed = error -> {
            throw new AssertionError(error);
        };
        Promise<Void> opened = Promise.promise();
        context.runOnContext(v -> {
            topic = new TopicConsumer(context, input, "t", false, failed);
            topic.open().onComplete(opened);
        });
        InputHarness.await(opened.future());
        harness.gate(true);
        FakeConsumer consumer = harness.consumer(0);
        consumer.assign(P0);
        return consumer;
    }

    @Test
    void aRewindIsCommittedAtOnce() throws Exception {
        FakeConsumer consumer = open();
        for (int i = 0; i < 3; i++) {
            consumer.add(P0, i, null, "old");
            harness.nextCall().acknowledge();
        }
        await().until(() -> tick() && committed() == 3);

        consumer.inPoll(() -> consumer.seek(P0, 1));
        consumer.add(P0, 1, null, "new");

        assertThat(harness.nextCall().offset()).isEqualTo(1);
        await().until(() -> committed() == 1);
    }

    @Test
    void manySettledRecordsAreCommittedBeforeTheSecondIsOver() throws Exception {
        FakeConsumer consumer = openForMany();

        settle(consumer, 0, 60);

        await().until(() -> committed() >= 50);
    }

    @Test
    void whatIsSettledWhileACommitIsUnderWayIsCommittedWhenThatIsTaken() throws Exception {
        FakeConsumer consumer = openForMany();
        consumer.slowCommits = true;
        settle(consumer, 0, 60);
        await().until(() -> consumer.unansweredCommits() == 1);
        settle(consumer, 60, 130);
        awaitSettled(130);
        assertThat(consumer.unansweredCommits()).as("one at a time").isEqualTo(1);

        consumer.answerCommits();

        await().until(() -> committed() >= 120);
    }

    @Test
    void asLongAsNoCommitIsTakenOneIsMadeEachSecondAndNotForEachFewRecords() throws Exception {
        FakeConsumer consumer = openForMany();
        for (int i = 0; i < 3; i++) {
            consumer.commitErrors.add(new DisconnectException("the coordinator is gone"));
        }
        settle(consumer, 0, 60);
        await().until(() -> consumer.commitErrors.size() == 2);

        settle(consumer, 60, 130);
        awaitSettled(130);
        await().during(Duration.ofMillis(100)).until(() -> consumer.commitErrors.size() == 2);

        tick();
        await().until(() -> consumer.commitErrors.size() == 1);
        await().until(() -> tick() && committed() == 130);
    }

    private FakeConsumer openForMany() throws Exception {
        binding.ordering = Ordering.NONE;
        binding.maxInFlight = 100;
        FakeConsumer consumer = open();
        await().until(() -> committed() == 0);
        return consumer;
    }

    private void settle(FakeConsumer consumer, int from, int to) throws Exception {
        for (int offset = from; offset < to; offset++) {
            consumer.add(P0, offset, null, "a");
        }
        for (int offset = from; offset < to; offset++) {
            harness.nextCall().acknowledge();
        }
    }

    private void awaitSettled(int records) {
        await().until(() -> harness.meters
                        .get("dapr_component_input_binding_count")
                        .tag("success", "true")
                        .functionCounter()
                        .count()
                == records);
    }

    private boolean tick() {
        context.runOnContext(v -> topic.tick());
        return true;
    }

    private long committed() {
        OffsetAndMetadata committed = harness.group.get(P0);
        return committed == null ? -1 : committed.offset();
    }
}
