package io.sluice.kafka.produce;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.bus.OutcomeBatch;
import io.sluice.core.health.Health;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Output bindings on a real event bus over a {@link FakeKafka}. */
final class OutputHarness {
    private static final String SENDER = Addresses.outcomes("test");

    final Vertx vertx = Vertx.vertx();
    final Health health = new Health();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final FakeKafka kafka = new FakeKafka();
    final OutputBindings outputs;
    /** The memory for calls. */
    final ByteBudget calls;

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    /** An outcome as the sender of a batch gets it. */
    record Answer(long id, InvokeOutcome outcome) {
        Failure failure() {
            return outcome.fold(
                    stored -> {
                        throw new AssertionError("stored");
                    },
                    InvokeOutcome.Refused::failure);
        }
    }

    OutputHarness() throws Exception {
        this(Runtime.getRuntime().maxMemory());
    }

    /** @param heapForCalls bytes that all calls may hold */
    OutputHarness(long heapForCalls) throws Exception {
        this(heapForCalls, Duration.ofSeconds(5));
    }

    /** @param probeEvery how long a cluster is not asked that answers */
    OutputHarness(Duration probeEvery) throws Exception {
        this(Runtime.getRuntime().maxMemory(), probeEvery);
    }

    private OutputHarness(long heapForCalls, Duration probeEvery) throws Exception {
        var heap = HeapBudget.of(4 * heapForCalls);
        calls = heap.calls();
        outputs = new OutputBindings(vertx, new KafkaServices(health, meters, "app", null, heap), kafka, probeEvery);
        BusCodecs.register(vertx.eventBus());
        await(vertx.eventBus()
                .<OutcomeBatch>consumer(SENDER, message -> {
                    OutcomeBatch batch = message.body();
                    for (int i = 0; i < batch.size(); i++) {
                        answers.add(new Answer(batch.id(i), batch.outcome(i)));
                    }
                })
                .completion());
    }

    KafkaBinding deploy(Bindings bindings) throws Exception {
        KafkaBinding binding = bindings.binding();
        await(outputs.deploy(binding));
        return binding;
    }

    FakeProducer producer() {
        return kafka.producers.get(kafka.producers.size() - 1);
    }

    /** Sends {@code requests} as one batch with ids from {@code firstId} on. */
    void call(String binding, long firstId, InvokeRequest... requests) {
        long[] ids = LongStream.range(firstId, firstId + requests.length).toArray();
        vertx.eventBus()
                .send(
                        Addresses.invoke(binding),
                        new InvokeBatch(SENDER, ids, requests),
                        new DeliveryOptions().setLocalOnly(true));
    }

    /** Says of a call that nobody waits for it. */
    void withdraw(String binding, long id) {
        vertx.eventBus()
                .send(
                        Addresses.invoke(binding),
                        new InvokeWithdrawal(SENDER, Set.of(id)),
                        new DeliveryOptions().setLocalOnly(true));
    }

    Answer nextAnswer() throws InterruptedException {
        Answer next = answers.poll(15, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no answer");
        }
        return next;
    }

    List<Answer> unreadAnswers() {
        return List.copyOf(answers);
    }

    static InvokeRequest create(String value) {
        return create(value, Map.of());
    }

    static InvokeRequest create(String value, Map<String, String> metadata) {
        return new InvokeRequest("create", value.getBytes(java.nio.charset.StandardCharsets.UTF_8), metadata);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        // Whatever a test left unanswered must not hold up the end of it.
        kafka.producers.forEach(FakeProducer::oblige);
        await(outputs.close());
        await(vertx.close());
    }
}
