package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.DeliveryBatch;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the deliveries of one binding.
 *
 * <pre>
 *   DeliveryBatch ──► suspect? ──► limiter ──► gate open? ──► channel ──► app
 *   SettlementBatch ◄── end of tick ◄── fan-out ◄────────────┘
 * </pre>
 *
 * <p>Belongs to one context.
 */
final class BindingDelivery {
    private static final Logger log = LoggerFactory.getLogger(BindingDelivery.class);

    private static final Future<AppAnswer> NOT_WANTED = Future.succeededFuture(AppAnswer.NOT_WANTED);

    private final KafkaBinding binding;
    private final AppChannel channel;
    private final SubscriptionProbe probe;
    private final @Nullable FanOut fanOut;
    private final Shared shared;
    private final CallLimiter.Lane lane;
    private final MessageConsumer<DeliveryBatch> deliveries;
    private final Occasionally defects = new Occasionally();

    /** What all bindings have in common. */
    record Shared(EventBus bus, CallLimiter limiter, Suspects suspects, SettlementMail mail, Gates gates) {}

    private BindingDelivery(
            KafkaBinding binding, AppChannel channel, SubscriptionProbe probe, @Nullable FanOut fanOut, Shared shared) {
        this.binding = binding;
        this.channel = channel;
        this.probe = probe;
        this.fanOut = fanOut;
        this.shared = shared;
        this.lane = shared.limiter().lane();
        this.deliveries = shared.bus().localConsumer(Addresses.deliver(binding.name()), this::onBatch);
    }

    /**
     * Serves from now on.
     *
     * @param fanOut follows the app's answers, null when they are ignored
     */
    static BindingDelivery open(
            KafkaBinding binding, AppChannel channel, SubscriptionProbe probe, @Nullable FanOut fanOut, Shared shared) {
        return new BindingDelivery(binding, channel, probe, fanOut, shared);
    }

    KafkaBinding binding() {
        return binding;
    }

    SubscriptionProbe probe() {
        return probe;
    }

    /** Takes no more deliveries; what is in flight is still answered. */
    Future<Void> close() {
        probe.stop();
        lane.close();
        return deliveries.unregister();
    }

    private void onBatch(Message<DeliveryBatch> message) {
        var batch = message.body();
        for (int i = 0; i < batch.size(); i++) {
            var call = new Call(batch, i);
            if (shared.suspects().isEmpty()) {
                lane.enter(call);
            } else {
                shared.suspects().enter(binding.name(), batch.delivery(i).coordinates(), () -> lane.enter(call));
            }
        }
    }

    /** A record until it is the app's turn. */
    private final class Call implements Runnable, BooleanSupplier {
        private final DeliveryBatch batch;
        private final int index;

        Call(DeliveryBatch batch, int index) {
            this.batch = batch;
            this.index = index;
        }

        /**
         * Whether it may be delivered; asked when its turn comes and not when the batch does: it may have waited, and its
         * partition be another member's now.
         */
        @Override
        public boolean getAsBoolean() {
            return batch.isWanted(index);
        }

        @Override
        public void run() {
            deliver(batch.replyTo(), batch.id(index), batch.delivery(index), this);
        }
    }

    private void deliver(String replyTo, long id, Delivery delivery, BooleanSupplier wanted) {
        var called = wanted.getAsBoolean() ? call(delivery, wanted) : NOT_WANTED;
        called.onComplete(answered -> {
            lane.release();
            if (answered.failed()) {
                shared.suspects().away(binding.name(), delivery.coordinates());
                shared.mail().add(replyTo, id, defect(delivery, answered.cause()));
            } else {
                answered(replyTo, id, delivery, answered.result());
            }
        });
    }

    private void answered(String replyTo, long id, Delivery delivery, AppAnswer answer) {
        DeliveryResult result = judged(delivery, answer);
        if (fanOut == null || !result.equals(DeliveryResult.ACKNOWLEDGED)) {
            shared.mail().add(replyTo, id, result);
            return;
        }
        // Composed, as a defect must not leave the record in flight; what the app has taken stays acknowledged.
        Future.succeededFuture(answer)
                .compose(fanOut::follow)
                .onFailure(defect -> defect(delivery, defect))
                .onComplete(followed -> shared.mail().add(replyTo, id, result));
    }

    private DeliveryResult judged(Delivery delivery, AppAnswer answer) {
        var coordinates = delivery.coordinates();
        if (answer.isGiven()) {
            tell(coordinates, answer.result());
            shared.suspects().answered(binding.name(), coordinates);
        } else if (answer.broke()) {
            return shared.suspects().broke(binding.name(), coordinates, answer.reason());
        } else {
            shared.suspects().away(binding.name(), coordinates);
        }
        return answer.result();
    }

    private void tell(Coordinates coordinates, DeliveryResult result) {
        if (result instanceof DeliveryResult.Refused refused
                && !refused.answer().isEmpty()
                && log.isDebugEnabled()) {
            log.atDebug()
                    .addKeyValue("binding", binding.name())
                    .addKeyValue("record", coordinates)
                    .addKeyValue("status", refused.status())
                    .addKeyValue("answer", refused.answer())
                    .log("the app refused a record");
        }
    }

    private Future<AppAnswer> call(Delivery delivery, BooleanSupplier wanted) {
        var gate = shared.gates().of(binding.name());
        if (!gate.open()) {
            return Future.succeededFuture(AppAnswer.unreachable(gate.reason()));
        }
        var problem = HeaderLimits.problem(delivery);
        if (problem.isPresent()) {
            return Future.succeededFuture(AppAnswer.refused(0, problem.get(), Duration.ZERO));
        }
        try {
            return channel.call(delivery, wanted);
        } catch (Throwable defect) {
            // An Error too: the record and its place would be taken for ever.
            return Future.failedFuture(defect);
        }
    }

    /** The record waits, however often: the gateway's defects are not the app's word. */
    private DeliveryResult defect(Delivery delivery, Throwable defect) {
        defects.at(System.nanoTime(), before -> log.atError()
                .addKeyValue("binding", binding.name())
                .addKeyValue("record", delivery.coordinates())
                .addKeyValue("before", before)
                .setCause(defect)
                .log("a delivery failed inside the gateway; the record waits"));
        return new DeliveryResult.Postponed("internal error, see the gateway's log");
    }
}
