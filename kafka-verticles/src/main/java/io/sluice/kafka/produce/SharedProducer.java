package io.sluice.kafka.produce;

import io.sluice.kafka.client.KafkaFailures;
import io.vertx.core.Future;
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

    private final Vertx vertx;
    private final Callable<Producer<byte[], byte[]>> opener;
    private final ByteBudget budget;

    private volatile @Nullable Producer<byte[], byte[]> current;
    private @Nullable Future<Producer<byte[], byte[]>> opening;
    private @Nullable Long replacedAt;
    private boolean closed;

    /** @param opener may block, and may fail for now */
    SharedProducer(Vertx vertx, Callable<Producer<byte[], byte[]>> opener, ByteBudget budget) {
        this.vertx = vertx;
        this.opener = opener;
        this.budget = budget;
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
            return Future.failedFuture(new IllegalStateException("the producer is closed"));
        }
        if (current != null) {
            return Future.succeededFuture(current);
        }
        if (opening == null) {
            opening = vertx.executeBlocking(opener, false).compose(this::opened, this::notOpened);
        }
        return opening;
    }

    private synchronized Future<Producer<byte[], byte[]>> opened(Producer<byte[], byte[]> producer) {
        opening = null;
        if (closed) {
            return close(producer)
                    .compose(v -> Future.failedFuture(new IllegalStateException("the producer is closed")));
        }
        current = producer;
        return Future.succeededFuture(producer);
    }

    private synchronized Future<Producer<byte[], byte[]>> notOpened(Throwable error) {
        opening = null;
        return Future.failedFuture(error);
    }

    /** Takes {@code broken} out of use, unless that has happened already or another was replaced just now. */
    synchronized void replace(Producer<byte[], byte[]> broken, Throwable why) {
        long now = System.nanoTime();
        boolean tooSoon = replacedAt != null && now - replacedAt < BETWEEN_REPLACEMENTS.toNanos();
        if (broken != current || tooSoon) {
            return;
        }
        replacedAt = now;
        current = null;
        log.atWarn()
                .addKeyValue("reason", KafkaFailures.message(why))
                .log("a Kafka producer failed for good and is replaced");
        close(broken).onFailure(e -> log.warn("a broken Kafka producer could not be closed", e));
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
