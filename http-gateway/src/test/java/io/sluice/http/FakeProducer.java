package io.sluice.http;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.bus.OutcomeBatch;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plays the verticle that produces: remembers what it got, and answers each call at once as it is told. */
public final class FakeProducer {
    public static final InvokeOutcome STORED = new InvokeOutcome.Stored("topic", 0, 1);

    private final Vertx vertx;
    private final List<InvokeBatch> batches = new CopyOnWriteArrayList<>();
    private final List<InvokeWithdrawal> withdrawals = new CopyOnWriteArrayList<>();
    private volatile Function<InvokeRequest, InvokeOutcome> rule = request -> STORED;

    public FakeProducer(Vertx vertx) {
        this.vertx = vertx;
    }

    public FakeProducer serve(String binding) {
        vertx.eventBus().localConsumer(Addresses.invoke(binding), this::onMessage);
        return this;
    }

    /** Every call is answered by {@code outcome} from now on; null leaves a call without an answer. */
    public void answer(Function<InvokeRequest, InvokeOutcome> outcome) {
        rule = outcome;
    }

    public List<InvokeBatch> batches() {
        return batches;
    }

    public List<InvokeRequest> requests() {
        return batches.stream().flatMap(FakeProducer::requests).toList();
    }

    public InvokeRequest onlyRequest() {
        var all = requests();
        if (all.size() != 1) {
            throw new AssertionError("expected one request, got " + all);
        }
        return all.get(0);
    }

    public void send(InvokeBatch batch, int index, InvokeOutcome outcome) {
        var outcomes = new OutcomeBatch(new long[] {batch.id(index)}, new InvokeOutcome[] {outcome});
        vertx.eventBus().send(batch.replyTo(), outcomes, new DeliveryOptions().setLocalOnly(true));
    }

    /** Whether the sender of the call has said that nobody waits for it. */
    public boolean isWithdrawn(InvokeBatch batch, int index) {
        return withdrawals.stream().anyMatch(gone -> gone.includes(batch.replyTo(), batch.id(index)));
    }

    private void onMessage(Message<Object> message) {
        if (message.body() instanceof InvokeWithdrawal gone) {
            withdrawals.add(gone);
        } else if (message.body() instanceof InvokeBatch batch) {
            onBatch(batch);
        }
    }

    private void onBatch(InvokeBatch batch) {
        batches.add(batch);
        for (int i = 0; i < batch.size(); i++) {
            var outcome = rule.apply(batch.request(i));
            if (outcome != null) {
                send(batch, i, outcome);
            }
        }
    }

    private static Stream<InvokeRequest> requests(InvokeBatch batch) {
        return IntStream.range(0, batch.size()).mapToObj(batch::request);
    }
}
