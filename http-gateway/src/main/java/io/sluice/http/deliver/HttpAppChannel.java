package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Delivers the records of one binding with one POST each: the value is the body, everything else a header. */
final class HttpAppChannel implements AppChannel {
    /** As Dapr writes a tombstone; an empty value is an empty body. */
    private static final byte[] TOMBSTONE = "null".getBytes(StandardCharsets.US_ASCII);

    private final DeliveryHead head;
    private final Attempt.Sending sending;

    /**
     * How long an app is waited for without a limit of the component.
     *
     * @param finishing for the rest of an answer whose status is there
     * @param check for an answer, before a connection that many share has to show that it lives
     */
    record Patience(Duration finishing, Duration check) {}

    HttpAppChannel(
            Vertx vertx,
            AppConnections connections,
            DeliveryHead head,
            KafkaBinding binding,
            Patience patience,
            CallMeters meters) {
        this.head = head;
        Duration timeout = binding.delivery().timeout();
        var limit = timeout.isZero()
                ? new AttemptLimit<>(vertx, patience.check(), Attempt::check)
                : new AttemptLimit<Attempt>(vertx, timeout, attempt -> attempt.expire(timeout));
        var unfinished = new AttemptLimit<Attempt>(vertx, patience.finishing(), Attempt::waitNoLonger);
        this.sending = new Attempt.Sending(
                connections,
                head.path(),
                binding.delivery().fanOut(),
                !timeout.isZero() || connections.areShared(),
                limit,
                unfinished,
                meters);
    }

    @Override
    public Future<AppAnswer> call(Delivery delivery, BooleanSupplier wanted) {
        byte[] body = delivery.value() == null ? TOMBSTONE : delivery.value();
        return new Attempt(sending, head.of(delivery), body, wanted).start();
    }
}
