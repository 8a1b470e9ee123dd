package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.InvokeReplies;
import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Serves the calls of one output binding on the event bus. */
final class ProducerVerticle extends VerticleBase {
    private final KafkaBinding binding;
    private final SharedProducer producer;
    private final @Nullable SchemaRegistry registry;
    private final OutputHealth health;
    private final OutputMetrics metrics;

    private @Nullable OutputLane lane;
    private @Nullable MessageConsumer<Object> consumer;

    ProducerVerticle(
            KafkaBinding binding,
            SharedProducer producer,
            @Nullable SchemaRegistry registry,
            OutputHealth health,
            OutputMetrics metrics) {
        this.binding = binding;
        this.producer = producer;
        this.registry = registry;
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        var opening = new OutputLane(context, binding, producer, registry, health, metrics);
        lane = opening;
        consumer = vertx.eventBus().consumer(Addresses.invoke(binding.name()), message -> receive(message, opening));
        return consumer.completion().compose(v -> opening.open(binding.initTimeout()));
    }

    @Override
    public Future<?> stop() {
        // The address stays while calls are in flight, so that late callers hear that the component is closed.
        Future<Void> drained =
                lane == null ? Future.succeededFuture() : lane.close(ProducerProperties.DELIVERY_TIMEOUT);
        return drained.compose(v -> consumer == null ? Future.succeededFuture() : consumer.unregister());
    }

    private void receive(Message<Object> message, OutputLane to) {
        if (message.body() instanceof InvokeBatch batch) {
            to.accept(batch);
            return;
        }
        String name = binding.name();
        try {
            to.accept(
                    InvokeReplies.request(message.body()),
                    (id, outcome, mail) -> InvokeReplies.answer(message, name, outcome));
        } catch (MalformedEnvelopeException e) {
            message.reply(InvokeReplies.toReply(new Failure(Reason.MALFORMED_REQUEST, e.detail()), name));
        }
    }
}
