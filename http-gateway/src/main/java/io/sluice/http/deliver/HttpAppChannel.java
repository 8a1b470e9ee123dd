package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.http.invoke.Deadlines;
import io.sluice.http.invoke.Sweeper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

/** Delivers the records of one binding with one POST each: the value is the body, everything else a header. */
final class HttpAppChannel implements AppChannel {
    /** As Dapr writes a tombstone; an empty value is an empty body. */
    private static final String TOMBSTONE = "null";

    private static final long SWEEP_MILLIS = 50;

    private final AppConnections connections;
    private final DeliveryHead head;
    private final RequestOptions target;
    private final Duration timeout;
    private final boolean keepsBody;
    private final Deadlines<Attempt> attempts;
    private final CallMeters meters;
    private final Sweeper sweeper;

    HttpAppChannel(
            Vertx vertx, AppConnections connections, DeliveryHead head, KafkaBinding binding, CallMeters meters) {
        this.connections = connections;
        this.head = head;
        this.target = new RequestOptions().setMethod(HttpMethod.POST).setURI(head.path());
        this.timeout = binding.delivery().timeout();
        this.keepsBody = binding.delivery().fanOut();
        this.attempts = new Deadlines<>(timeout.toNanos());
        this.meters = meters;
        this.sweeper = new Sweeper(vertx, SWEEP_MILLIS, attempts, this::sweep);
    }

    /** The time of the attempt begins once there is a connection: waiting for one says nothing about the record. */
    @Override
    public Future<AppAnswer> call(Delivery delivery) {
        return connections
                .open(target)
                .compose(
                        request -> send(request, delivery),
                        away -> Future.succeededFuture(AppAnswer.unreachable(Causes.text(away))));
    }

    private Future<AppAnswer> send(HttpClientRequest request, Delivery delivery) {
        var body = body(delivery);
        var attempt = new Attempt(connections, target, next -> head.write(delivery, next.headers()), body, keepsBody);
        long begin = System.nanoTime();
        long id = attempts.add(attempt, begin);
        sweeper.wake();
        return attempt.start(request).onComplete(ended -> {
            attempts.remove(id);
            meters.completed(attempt.status(), System.nanoTime() - begin, body.length(), attempt.received());
        });
    }

    private void sweep() {
        attempts.expired(System.nanoTime()).forEach(attempt -> attempt.expire(timeout));
    }

    private static Buffer body(Delivery delivery) {
        byte[] value = delivery.value();
        return value == null ? Buffer.buffer(TOMBSTONE) : Buffer.buffer(value);
    }
}
