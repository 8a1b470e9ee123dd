package io.sluice.kafka.produce;

import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.client.NetworkThread;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
    /** Opening takes longer only when brokers are silent; what comes later closes itself. */
    private static final Duration OPENED_WITHIN = Duration.ofSeconds(1);

    private static final String CLOSED = "the producer is closed";
    private static final String ENDED = "the producer's network thread has ended by an error, see the log";

    private final Vertx vertx;
    private final Callable<Producer<byte[], byte[]>> opener;
    private final Predicate<Throwable> withoutIdempotence;

    private volatile @Nullable Producer<byte[], byte[]> current;
    private @Nullable Future<Producer<byte[], byte[]>> opening;
    private @Nullable Long replacedAt;
    /** The current one, if it failed too soon after another was replaced, or was opened while logins failed. */
    private @Nullable Producer<byte[], byte[]> suspect;

    private boolean loginsFail;
    private boolean plain;

    private boolean closed;

    /**
     * @param opener may block, and may fail for now
     * @param withoutIdempotence told why a producer may not write idempotently; whether {@code opener} does without then
     */
    SharedProducer(Vertx vertx, Callable<Producer<byte[], byte[]>> opener, Predicate<Throwable> withoutIdempotence) {
        this.vertx = vertx;
        this.opener = opener;
        this.withoutIdempotence = withoutIdempotence;
    }

    /** That of a binding, with these properties. */
    static SharedProducer of(Vertx vertx, ProducerOpener opener, Map<String, Object> properties) {
        return new SharedProducer(vertx, opener.of(properties), opener::giveUpIdempotence);
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
        Producer<byte[], byte[]> known = current;
        boolean ended = known != null && NetworkThread.hasEnded(known);
        if (known != null && (!ended && known != suspect || isTooSoon())) {
            return ended ? Future.failedFuture(ENDED) : Future.succeededFuture(known);
        }
        if (known != null) {
            tell(ended);
            retire(known);
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
                // Not every failure is heard of: what the client reports it forgets when metadata arrives.
                suspect = loginsFail ? current : null;
            }
        }
        if (opened.succeeded() && tooLate) {
            close(opened.result()).onComplete(v -> promise.fail(CLOSED));
        } else {
            promise.complete(opened.result(), opened.cause());
        }
    }

    /** Takes {@code broken} out of use: at once or, if another was replaced just now, when it is next asked for. */
    synchronized void replace(Producer<byte[], byte[]> broken, Throwable why) {
        if (broken != current) {
            return;
        }
        loginsFail |= KafkaFailures.isFailedLogin(why);
        if (isTooSoon()) {
            suspect = broken;
            return;
        }
        // A login that fails does so again and again, and health says it once.
        log.atLevel(KafkaFailures.isFailedLogin(why) ? Level.DEBUG : Level.WARN)
                .addKeyValue("reason", KafkaFailures.message(why))
                .log("a Kafka producer failed for good and is replaced");
        retire(broken);
    }

    /**
     * Takes {@code used} out of use if {@code why} says that it may not write idempotently.
     *
     * @return whether the producer that comes next does without, so that it may take what {@code used} did not
     */
    synchronized boolean replaceByPlain(Producer<byte[], byte[]> used, Throwable why) {
        if (closed || !KafkaFailures.isIdempotenceDenied(why) || !withoutIdempotence.test(why)) {
            return false;
        }
        if (used != current) {
            return true;
        }
        if (plain) {
            return false;
        }
        plain = true;
        retire(used);
        return true;
    }

    /**
     * Takes {@code producer} out of use if its login may have failed, though it works now. An idempotent producer whose
     * login failed while it asked for its id never asks again: each of its records would wait until it expires.
     */
    synchronized boolean retireIfSuspect(Producer<byte[], byte[]> producer) {
        if (producer != suspect) {
            return false;
        }
        loginsFail = false;
        retire(producer);
        return true;
    }

    /** A record of {@code producer} is in Kafka, so nothing is wrong with it. */
    synchronized void works(Producer<byte[], byte[]> producer) {
        if (producer == suspect) {
            loginsFail = false;
            suspect = null;
        }
    }

    private static void tell(boolean ended) {
        if (ended) {
            log.warn("the network thread of a Kafka producer has ended by an error, which the log has above, and the"
                    + " producer is replaced; if that was an OutOfMemoryError, give the process more memory"
                    + " (-Xmx)");
        }
    }

    private boolean isTooSoon() {
        return replacedAt != null && System.nanoTime() - replacedAt < BETWEEN_REPLACEMENTS.toNanos();
    }

    private void retire(Producer<byte[], byte[]> producer) {
        replacedAt = System.nanoTime();
        current = null;
        suspect = null;
        close(producer).onFailure(e -> log.warn("a broken Kafka producer could not be closed", e));
    }

    /** Sends what is left, within a few seconds, and closes; one that is just being opened is closed, too. */
    synchronized Future<Void> close() {
        closed = true;
        Producer<byte[], byte[]> last = current;
        current = null;
        if (last != null) {
            return close(last);
        }
        return opening == null
                ? Future.succeededFuture()
                : opening.timeout(OPENED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                        .<Void>mapEmpty()
                        .otherwiseEmpty();
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
