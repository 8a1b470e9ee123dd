package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.http.invoke.Deadlines;
import io.sluice.http.invoke.Sweeper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Delivers the records of one binding with one POST each: the value is the body, everything else a header. */
final class HttpAppChannel implements AppChannel {
    /** As Dapr writes a tombstone; an empty value is an empty body. */
    private static final byte[] TOMBSTONE = "null".getBytes(StandardCharsets.US_ASCII);

    private static final long SWEEP_MILLIS = 50;

    private final DeliveryHead head;
    private final Attempt.Sending sending;

    /** @param finishing how long the rest of an answer may take when its status is there */
    HttpAppChannel(
            Vertx vertx,
            AppConnections connections,
            DeliveryHead head,
            KafkaBinding binding,
            Duration finishing,
            CallMeters meters) {
        this.head = head;
        Duration timeout = binding.delivery().timeout();
        var underway = new Deadlines<Attempt>(timeout.toNanos());
        var sweeper = new Sweeper(vertx, SWEEP_MILLIS, underway, () -> underway.expired(System.nanoTime())
                .forEach(attempt -> attempt.expire(timeout)));
        var unfinished = new Deadlines<Attempt>(finishing.toNanos());
        var unfinishedSweeper = new Sweeper(vertx, SWEEP_MILLIS, unfinished, () -> unfinished
                .expired(System.nanoTime())
                .forEach(Attempt::waitNoLonger));
        this.sending = new Attempt.Sending(
                connections,
                head.path(),
                binding.delivery().fanOut(),
                underway,
                sweeper,
                unfinished,
                unfinishedSweeper,
                meters);
    }

    @Override
    public Future<AppAnswer> call(Delivery delivery) {
        byte[] body = delivery.value() == null ? TOMBSTONE : delivery.value();
        return new Attempt(sending, head.of(delivery), body).start();
    }
}
