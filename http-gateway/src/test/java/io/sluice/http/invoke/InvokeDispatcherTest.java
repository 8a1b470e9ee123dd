package io.sluice.http.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.http.Complaints;
import io.sluice.http.FakeProducer;
import io.sluice.http.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeDispatcherTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InvokeOutcome CLOSED = InvokeOutcome.refused(Reason.CLOSED, "component is closed");

    private final Complaints complaints = Complaints.listen();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final FakeProducer producer = new FakeProducer(vertx);
    private final List<String> answers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void registerCodecs() {
        BusCodecs.register(vertx.eventBus());
    }

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
        complaints.close();
    }

    @Test
    void callsOfOneTickLeaveAsOneMessage() {
        producer.serve("orders").serve("bills");
        var dispatcher = open(LONG);

        onLoop(() -> {
            for (int i = 0; i < 100; i++) {
                dispatch(dispatcher, "orders", "order" + i);
            }
            dispatch(dispatcher, "bills", "bill");
        });
        await().until(() -> answers.size() == 101);

        assertThat(producer.batches()).extracting(InvokeBatch::size).containsExactlyInAnyOrder(100, 1);
        assertThat(producer.requests())
                .extracting(InvokeRequest::operation)
                .startsWith("order0", "order1")
                .contains("order99", "bill");
        assertThat(dispatcher.pending()).isZero();
    }

    @Test
    void callsOfAnotherTickLeaveAsAnotherMessage() {
        producer.serve("orders");
        var dispatcher = open(LONG);

        onLoop(() -> dispatch(dispatcher, "orders", "first"));
        await().until(() -> answers.size() == 1);
        onLoop(() -> dispatch(dispatcher, "orders", "second"));
        await().until(() -> answers.size() == 2);

        assertThat(producer.batches()).extracting(InvokeBatch::size).containsExactly(1, 1);
    }

    @Test
    void everyCallGetsItsOwnOutcomeInWhateverOrderTheyCome() {
        producer.serve("orders");
        producer.answer(request -> null);
        var dispatcher = open(LONG);

        onLoop(() -> IntStream.range(0, 3).forEach(i -> dispatch(dispatcher, "orders", "call" + i)));
        await().until(() -> producer.batches().size() == 1);
        var batch = producer.batches().get(0);
        producer.send(batch, 2, InvokeOutcome.refused(Reason.KAFKA_REFUSED, "no"));
        producer.send(batch, 0, FakeProducer.STORED);
        await().until(() -> answers.size() == 2);

        assertThat(answers)
                .containsExactly(
                        "call2 " + InvokeOutcome.refused(Reason.KAFKA_REFUSED, "no"), "call0 " + FakeProducer.STORED);
        assertThat(dispatcher.pending()).isEqualTo(1);
    }

    @Test
    void aSecondOutcomeOfACallIsIgnored() {
        producer.serve("orders");
        producer.answer(request -> null);
        var dispatcher = open(LONG);

        onLoop(() -> IntStream.range(0, 2).forEach(i -> dispatch(dispatcher, "orders", "call" + i)));
        await().until(() -> producer.batches().size() == 1);
        var batch = producer.batches().get(0);
        producer.send(batch, 0, FakeProducer.STORED);
        producer.send(batch, 0, CLOSED);
        producer.send(batch, 1, FakeProducer.STORED);
        await().until(() -> answers.size() == 2);

        assertThat(answers).containsExactly("call0 " + FakeProducer.STORED, "call1 " + FakeProducer.STORED);
    }

    @Test
    void aCallThatNobodyServesIsRefusedAtOnce() {
        var dispatcher = open(LONG);

        onLoop(() -> IntStream.range(0, 2).forEach(i -> dispatch(dispatcher, "orders", "call" + i)));
        await().until(() -> answers.size() == 2);

        assertThat(answers).containsExactly("call0 " + CLOSED, "call1 " + CLOSED);
    }

    @Test
    void aCallWithoutAnOutcomeIsAnsweredAtItsDeadline() {
        producer.serve("orders");
        producer.answer(request -> null);
        var dispatcher = open(Duration.ofMillis(100));

        onLoop(() -> dispatch(dispatcher, "orders", "call"));
        await().until(() -> answers.size() == 1);
        producer.send(producer.batches().get(0), 0, FakeProducer.STORED);
        onLoop(() -> {});

        assertThat(answers).containsExactly("call " + new InvokeOutcome.Refused(Failure.deadlineExceeded()));
    }

    @Test
    void openCallsAreAnsweredWhenTheDispatcherCloses() {
        producer.serve("orders");
        producer.answer(request -> null);
        var dispatcher = open(LONG);

        onLoop(() -> dispatch(dispatcher, "orders", "call"));
        onLoop(() -> dispatcher.close());

        assertThat(answers).containsExactly("call " + CLOSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatThrowsCostsNobodyElseTheirs(boolean error) {
        var dispatcher = open(LONG);

        onLoop(() -> {
            dispatcher.dispatch("orders", request("bad"), outcome -> {
                if (error) {
                    throw new StackOverflowError("on purpose");
                }
                throw new IllegalStateException("on purpose");
            });
            dispatch(dispatcher, "orders", "good");
        });
        await().until(() -> answers.size() == 1);

        assertThat(answers).containsExactly("good " + CLOSED);
        assertThat(complaints.take()).singleElement().asString().contains("an answer could not be given");
    }

    private InvokeDispatcher open(Duration deadline) {
        Promise<InvokeDispatcher> opened = Promise.promise();
        context.runOnContext(tick -> opened.complete(InvokeDispatcher.open(vertx, deadline)));
        return Waiting.get(opened.future());
    }

    private void dispatch(InvokeDispatcher dispatcher, String binding, String name) {
        dispatcher.dispatch(binding, request(name), outcome -> answers.add(name + " " + outcome));
    }

    private void onLoop(Runnable step) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(tick -> {
            step.run();
            done.complete();
        });
        Future<Void> future = done.future();
        Waiting.get(future);
    }

    private static InvokeRequest request(String name) {
        return new InvokeRequest(name, new byte[] {1}, Map.of());
    }
}
