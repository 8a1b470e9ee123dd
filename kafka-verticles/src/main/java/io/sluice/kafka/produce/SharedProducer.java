package io.sluice.kafka.produce;

import io.sluice.kafka.client.KafkaFailures;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka producer and the bindings that share it. The producer behind it may change: one that broke for good is
 * replaced, so users ask for {@link #current()} each time.
 *
 * <p>Safe for use from any thread.
 */
final class SharedProducer {
    private static final Logger log = LoggerFactory.getLogger(SharedProducer.class);
    /** What breaks a producer at once, a denied log-in say, must not make a new one for every record. */
    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private static final String CLOSED = "the producer is closed";

    private final Vertx vertx;
    private final Callable<Producer<byte[], byte[]>> opener;
    private final ByteBudget budget;
    private final Duration betweenReplacements;

    private volatile @Nullable Producer<byte[], byte[]> current;
    private @Nullable Future<Producer<byte[], byte[]>> opening;
    private @Nullable Long replacedAt;
    private @Nullable Producer<byte[], byte[]> condemned;
    private boolean closed;

    /** @param opener may block, and may fail for now */
    SharedProducer(Vertx vertx, Callable<Producer<byte[], byte[]>> opener, ByteBudget budget) {
        this(vertx, opener, budget, BETWEEN_REPLACEMENTS);
    }

    SharedProducer(
            Vertx vertx, Callable<Producer<byte[], byte[]>> opener, ByteBudget budget, Duration betweenReplacements) {
        this.vertx = vertx;
        this.opener = opener;
        this.budget = budget;
        this.betweenReplacements = betweenReplacements;
    }

    ByteBudget budget() {
        return budget;
    }

    /** The producer, null before it was first opened, while it is replaced and after it was closed. */
    @Nullable
    Producer<byte[], byte[]> current() {
        return current;
    }

    /** The producer, opened if there is none. The future may complete on any thread, and fail for now. */
    synchronized Future<Producer<byte[], byte[]>> open() {
        if (closed) {
            return Future.failedFuture(CLOSED);
        }
        if (current != null) {
            return Future.succeededFuture(current);
        }
        if (opening != null) {
            return opening;
        }
        // A promise, not the composed future: opening may be over before it could be assigned.
        Promise<Producer<byte[], byte[]>> promise = Promise.promise();
        opening = promise.future();
        vertx.executeBlocking(opener, false).onComplete(opened -> finishOpening(opened, promise));
        return promise.future();
    }

    private void finishOpening(
            AsyncResult<Producer<byte[], byte[]>> opened, Promise<Producer<byte[], byte[]>> promise) {
        boolean tooLate;
        synchronized (this) {
            opening = null;
            tooLate = closed;
            if (opened.succeeded() && !tooLate) {
                current = opened.result();
            }
        }
        if (opened.succeeded() && tooLate) {
            close(opened.result()).onComplete(v -> promise.fail(CLOSED));
        } else {
            promise.complete(opened.result(), opened.cause());
        }
    }

    /** Takes {@code broken} out of use, unless that has happened already; later, if another was replaced just now. */
    synchronized void replace(Producer<byte[], byte[]> broken, Throwable why) {
        if (broken != current) {
            return;
        }
        long now = System.nanoTime();
        long pause = replacedAt == null ? 0 : betweenReplacements.toNanos() - (now - replacedAt);
        if (pause > 0) {
            replaceLater(broken, why, Duration.ofNanos(pause));
            return;
        }
        replacedAt = now;
        current = null;
        condemned = null;
        log.atWarn()
                .addKeyValue("reason", KafkaFailures.message(why))
                .log("a Kafka producer failed for good and is replaced");
        close(broken).onFailure(e -> log.warn("a broken Kafka producer could not be closed", e));
    }

    /**
     * Not never: a producer whose login failed has lost its request for a producer id, and gets no record through even when
     * the login works again.
     */
    private void replaceLater(Producer<byte[], byte[]> broken, Throwable why, Duration pause) {
        if (condemned != broken) {
            condemned = broken;
            vertx.setTimer(pause.toMillis() + 1, timer -> replace(broken, why));
        }
    }

    /** Sends what is left, within a few seconds, and closes. */
    synchronized Future<Void> close() {
        closed = true;
        Producer<byte[], byte[]> last = current;
        current = null;
        return last == null ? Future.succeededFuture() : close(last);
    }

    private Future<Void> close(Producer<byte[], byte[]> producer) {
        return vertx.executeBlocking(
                () -> {
                    producer.close(CLOSE_WITHIN);
                    return null;
                },
                false);
    }
}
