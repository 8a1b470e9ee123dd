package io.sluice.kafka.consume;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.kafka.consume.courier.Courier;
import io.sluice.kafka.consume.courier.Parcel;
import io.sluice.kafka.consume.failure.DeadLetters;
import io.sluice.kafka.consume.failure.RecordReader;
import io.sluice.kafka.consume.poll.ConsumerProperties;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Delivers single records once more because somebody asks for it. Belongs to the verticle's context. */
final class Redelivery {
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);

    /** For all bindings: reading takes seconds when Kafka is away, and others must not wait for a thread. */
    private static final int READERS = 4;

    private final Context context;
    private final WorkerExecutor worker;
    private final InputBinding binding;
    private final Input input;
    private final Courier courier;
    private final RecordReader reader;
    private final Map<Coordinates, Future<Void>> underway = new HashMap<>();

    private record Letter(Delivery delivery, Promise<DeliveryResult> result) implements Parcel {
        @Override
        public void ended(DeliveryResult outcome) {
            result.complete(outcome);
        }
    }

    Redelivery(Context context, InputBinding binding, Courier courier) {
        this.context = context;
        this.worker = context.owner().createSharedWorkerExecutor("sluice-redelivery", READERS);
        this.binding = binding;
        this.input = binding.input();
        this.courier = courier;
        this.reader = new RecordReader(
                () -> input.clients().consumer(input.binding().auth(), ConsumerProperties.reader(input.binding())),
                READ_WITHIN);
    }

    /**
     * Reads a record of the binding's topics, or of its dead-letter topic, and delivers it once. Who asks for one that is
     * under way already gets the same answer.
     *
     * @return done when it was taken; fails with the {@link io.vertx.core.eventbus.ReplyException} to answer with
     */
    Future<Void> redeliver(Coordinates at) {
        Future<Void> same = underway.get(at);
        if (same != null) {
            return same;
        }
        if (!isOurs(at)) {
            return Future.failedFuture(AdministrationJson.unknownRecord(at));
        }
        Promise<Void> done = Promise.promise();
        underway.put(at, done.future());
        readAndDeliver(at).onComplete(result -> {
            underway.remove(at);
            done.complete(null, result.cause());
        });
        return done.future();
    }

    Future<Void> close() {
        return worker.close();
    }

    private boolean isOurs(Coordinates at) {
        boolean known = input.binding().topics().contains(at.topic()) || isDeadLetterTopic(at.topic());
        return known && at.partition() >= 0 && at.offset() >= 0;
    }

    private boolean isDeadLetterTopic(String topic) {
        return topic.equals(input.binding().delivery().deadLetterTopic());
    }

    private Future<Void> readAndDeliver(Coordinates at) {
        return Future.<Optional<ConsumerRecord<byte[], byte[]>>>future(
                        read -> worker.executeBlocking(() -> reader.read(at), false)
                                .onComplete(result ->
                                        context.runOnContext(v -> read.complete(result.result(), result.cause()))))
                .compose(record -> record.map(this::deliver)
                        .orElseGet(() -> Future.failedFuture(AdministrationJson.unknownRecord(at))));
    }

    private Future<Void> deliver(ConsumerRecord<byte[], byte[]> record) {
        Delivery read = Deliveries.of(record);
        Delivery delivery = isDeadLetterTopic(record.topic()) ? DeadLetters.original(read) : read;
        Promise<DeliveryResult> result = Promise.promise();
        courier.send(List.of(new Letter(delivery, result)));
        return result.future().compose(outcome -> answer(read, delivery, outcome));
    }

    private Future<Void> answer(Delivery read, Delivery delivery, DeliveryResult outcome) {
        if (outcome instanceof Refused refused) {
            return Future.failedFuture(AdministrationJson.refused(refused.reason()));
        }
        if (outcome instanceof Unreachable unreachable) {
            return Future.failedFuture(AdministrationJson.unreachable(unreachable.reason()));
        }
        if (outcome instanceof Postponed postponed) {
            return Future.failedFuture(AdministrationJson.unreachable(postponed.reason()));
        }
        long now = input.clock().getAsLong();
        input.ledger().redelivered(read.coordinates(), now);
        input.ledger().redelivered(delivery.coordinates(), now);
        return binding.settleStanding(delivery.coordinates()).mapEmpty();
    }
}
