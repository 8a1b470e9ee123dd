package io.sluice.http.invoke;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.OutcomeBatch;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls of output bindings over the event bus and hands back what became of them.
 *
 * <p>Calls of one binding that come within one tick of the event loop leave as one message; their outcomes come back,
 * each as soon as it is known, at an address of this dispatcher alone:
 *
 * <pre>
 *   dispatch(a) ┐
 *   dispatch(b) ┼─ end of tick ─► InvokeBatch[1 a, 2 b, 3 c] ─► sluice.bindings.{name}.invoke
 *   dispatch(c) ┘
 *   answer(a), answer(c) ◄─────── OutcomeBatch[1 …, 3 …] ◄───── sluice.outcomes.{uuid}
 * </pre>
 *
 * <p>Every call is answered exactly once: with its outcome, with {@code CLOSED} when nobody serves the binding or this
 * dispatcher closes, or with {@code DEADLINE_EXCEEDED}. An outcome that comes later than that is ignored.
 *
 * <p>Belongs to one event loop: every method is called, and every answer given, on the context it was made with.
 */
public final class InvokeDispatcher {
    private static final Logger log = LoggerFactory.getLogger(InvokeDispatcher.class);

    private static final long SWEEP_MILLIS = 50;
    private static final InvokeOutcome NOBODY_THERE = InvokeOutcome.refused(Reason.CLOSED, "component is closed");
    private static final InvokeOutcome TOO_LATE = new InvokeOutcome.Refused(Failure.deadlineExceeded());

    private final EventBus bus;
    private final Context context;
    private final String replyTo = Addresses.outcomes(UUID.randomUUID().toString());
    private final Map<String, BindingLane> lanes = new HashMap<>();
    private final Deadlines<Consumer<InvokeOutcome>> pending;
    private final MessageConsumer<OutcomeBatch> outcomes;
    private final Sweeper sweeper;

    private InvokeDispatcher(Vertx vertx, Context context, Duration deadline) {
        this.bus = vertx.eventBus();
        this.context = context;
        this.pending = new Deadlines<>(deadline.toNanos());
        this.outcomes = bus.localConsumer(replyTo, this::complete);
        this.sweeper = new Sweeper(vertx, SWEEP_MILLIS, pending, this::sweep);
    }

    /**
     * Starts a dispatcher on the current context, which is an event loop's.
     *
     * @param deadline the longest a call stays without an answer, give or take 50 ms
     */
    public static InvokeDispatcher open(Vertx vertx, Duration deadline) {
        return new InvokeDispatcher(vertx, vertx.getOrCreateContext(), deadline);
    }

    /**
     * Sends one call.
     *
     * @param binding the name of a loaded binding, never one that a client made up: each name is remembered
     * @param answer called once, later; must not throw
     * @return its number, for {@link #withdraw}
     */
    public long dispatch(String binding, InvokeRequest request, Consumer<InvokeOutcome> answer) {
        long id = pending.add(answer, System.nanoTime());
        sweeper.wake();
        var lane = lanes.computeIfAbsent(binding, name -> new BindingLane(bus, name, replyTo));
        if (lane.add(id, request)) {
            // Runs after whatever else the event loop has read from its sockets by now: the end of the tick.
            context.runOnContext(endOfTick -> flush(lane));
        }
        return id;
    }

    /** Nobody waits for that call any more. It is dropped if it can be, and answered in any case. */
    public void withdraw(String binding, long id) {
        var lane = lanes.get(binding);
        if (lane != null && lane.withdraw(id)) {
            context.runOnContext(endOfTick -> lane.sendWithdrawn());
        }
    }

    /** Calls that are not answered yet. */
    public int pending() {
        return pending.size();
    }

    /** Answers every open call with {@code CLOSED} and gives the address back. */
    public Future<Void> close() {
        sweeper.stop();
        pending.drain().forEach(answer -> give(answer, NOBODY_THERE));
        return outcomes.unregister();
    }

    private void flush(BindingLane lane) {
        var batch = lane.takeBatch();
        lane.send(batch).onFailure(nobodyThere -> refuse(batch));
    }

    private void refuse(InvokeBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            complete(batch.id(i), NOBODY_THERE);
        }
    }

    private void complete(Message<OutcomeBatch> message) {
        var batch = message.body();
        for (int i = 0; i < batch.size(); i++) {
            complete(batch.id(i), batch.outcome(i));
        }
    }

    private void complete(long id, InvokeOutcome outcome) {
        var answer = pending.remove(id);
        if (answer != null) {
            give(answer, outcome);
        }
    }

    private void sweep() {
        pending.expired(System.nanoTime()).forEach(answer -> give(answer, TOO_LATE));
    }

    /** One answer that throws must not cost the others of its batch theirs. */
    private static void give(Consumer<InvokeOutcome> answer, InvokeOutcome outcome) {
        try {
            answer.accept(outcome);
        } catch (Throwable e) {
            // An Error too: those behind it have been taken out already, and nobody else would answer them.
            log.atError().setCause(e).log("an answer could not be given");
        }
    }
}
