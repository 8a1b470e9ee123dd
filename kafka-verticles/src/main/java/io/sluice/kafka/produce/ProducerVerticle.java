package io.sluice.kafka.produce;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.InvokeReplies;
import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the calls of one output binding on the event bus. When the binding changes, its address stays and only the lane
 * behind it is another, so that no call falls between two owners of the address:
 *
 * <pre>
 *   calls ──► sluice.bindings.{name}.invoke ──┬──► lane of the binding as it was: finishes, then is gone
 *                                             └──► lane of the binding as it is, from when it can produce
 * </pre>
 */
final class ProducerVerticle extends VerticleBase {
    private final Producing first;
    private final OutputMetrics metrics;
    private final String name;

    private @Nullable OutputLane lane;
    private @Nullable OutputLane successor;
    private @Nullable MessageConsumer<Object> consumer;
    private Future<Void> finished = Future.succeededFuture();
    private boolean stopped;

    ProducerVerticle(Producing first, OutputMetrics metrics) {
        this.first = first;
        this.metrics = metrics;
        this.name = first.binding().name();
    }

    @Override
    public Future<?> start() {
        OutputLane opening = newLane(first);
        lane = opening;
        consumer = vertx.eventBus().consumer(Addresses.invoke(name), this::receive);
        return consumer.completion().compose(v -> opening.open(first.binding().initTimeout()));
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        // The address stays while calls are in flight, so that late callers hear that the component is closed.
        return Future.join(close(lane), close(successor), finished)
                .compose(v -> consumer == null ? Future.succeededFuture() : consumer.unregister());
    }

    /**
     * Lets another lane have the calls once it can produce, or after its {@code initTimeout}. Once the verticle is
     * deployed, and one change at a time; on any thread.
     *
     * @param handOver asked on the verticle's context when the other can have the calls; false for leaving all as it is
     * @return done when the lane before has finished; fails, and all stays as it was, when there can be no other
     */
    Future<Void> replace(Producing next, BooleanSupplier handOver) {
        Promise<Void> done = Promise.promise();
        // Composed, so that a lane that cannot be made fails the future.
        context.runOnContext(v -> Future.succeededFuture(next)
                .compose(producing -> change(producing, handOver))
                .onComplete(done));
        return done.future();
    }

    private Future<Void> change(Producing next, BooleanSupplier handOver) {
        if (stopped) {
            return Future.failedFuture(name + " is stopped");
        }
        OutputLane opening = newLane(next);
        successor = opening;
        return opening.open(next.binding().initTimeout()).compose(v -> take(opening, handOver));
    }

    private Future<Void> take(OutputLane opened, BooleanSupplier handOver) {
        OutputLane before = lane;
        successor = null;
        if (stopped || before == null || !handOver.getAsBoolean()) {
            return close(opened).compose(v -> Future.failedFuture(name + " was stopped"));
        }
        lane = opened;
        Future<Void> last = before.finish(ProducerProperties.DELIVERY_TIMEOUT);
        finished = Future.join(finished, last).mapEmpty();
        return last;
    }

    private static Future<Void> close(@Nullable OutputLane closing) {
        return closing == null ? Future.succeededFuture() : closing.close(ProducerProperties.DELIVERY_TIMEOUT);
    }

    private OutputLane newLane(Producing producing) {
        return new OutputLane(context, producing, metrics);
    }

    private void receive(Message<Object> message) {
        OutputLane to = lane;
        if (to == null) {
            return;
        }
        if (message.body() instanceof InvokeBatch batch) {
            to.accept(batch);
            return;
        }
        if (message.body() instanceof InvokeWithdrawal gone) {
            to.withdraw(gone);
            return;
        }
        try {
            to.accept(
                    InvokeReplies.request(message.body()),
                    (id, outcome, mail) -> InvokeReplies.answer(message, name, outcome));
        } catch (MalformedEnvelopeException e) {
            message.reply(InvokeReplies.toReply(new Failure(Reason.MALFORMED_REQUEST, e.detail()), name));
        }
    }
}
