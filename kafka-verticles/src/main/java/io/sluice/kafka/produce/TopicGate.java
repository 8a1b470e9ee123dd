package io.sluice.kafka.produce;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.KafkaFailures;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Lets records through to the producer once it knows the topic: a producer that must not block fails a record whose topic's
 * metadata it has yet to ask for. Belongs to one context.
 *
 * <pre>
 *            first record, or the producer was replaced
 *   closed ────────────────────────────────────────────► opening: records wait
 *                                                          │   │ patience is over
 *                     the topic's metadata is there        │   ▼
 *   open: records go through ◄─────────────────────────────┴─ opening, late: records are refused
 * </pre>
 *
 * Opening asks again and again, ever more slowly, until it succeeds; asking makes the producer request the metadata.
 */
final class TopicGate {
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 1_000;
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();
    /** Longer in sum than the client may put off asking its brokers: up to 1.2 s while other topics are missing. */
    private static final long[] UNTIL_ASKED_AGAIN_MS = {50, 150, 450, 1_350};

    private static final int MOST_ATTEMPTS = UNTIL_ASKED_AGAIN_MS.length + 1;

    private static final Failure CLOSED = new Failure(Reason.CLOSED, "component is closed");

    private final Context context;
    private final SharedProducer producer;
    private final String topic;
    private final Duration patience;
    private final OutputFailures failures;
    private final OutputHealth health;
    private final BrokerContact contact = new BrokerContact();
    private final Queue<Submission> waiting = new ArrayDeque<>();
    private final Promise<Void> firstOpen = Promise.promise();

    private @Nullable Producer<byte[], byte[]> open;
    private long lookedAt = System.nanoTime();
    private boolean opening;
    private boolean late;
    private boolean shut;
    private long pause;
    private long patienceTimer;
    private @Nullable Failure obstacle;

    /** @param patience how long records wait for a topic that is not known yet */
    TopicGate(
            Context context,
            SharedProducer producer,
            String topic,
            Duration patience,
            KafkaFailures failures,
            OutputHealth health) {
        this.context = context;
        this.producer = producer;
        this.topic = topic;
        this.patience = patience;
        this.failures = new OutputFailures(failures, health);
        this.health = health;
    }

    /** Starts to open; the future succeeds when records go through for the first time, or will not any more. */
    Future<Void> open() {
        begin();
        return firstOpen.future();
    }

    SharedProducer producer() {
        return producer;
    }

    /** As {@link #pass}, from any thread. */
    void passSoon(Submission submission) {
        context.runOnContext(v -> pass(submission));
    }

    void pass(Submission submission) {
        Producer<byte[], byte[]> known = open;
        if (known != null && known == producer.current()) {
            submission.sendWith(known, this);
            return;
        }
        if (shut) {
            submission.refuse(CLOSED);
            return;
        }
        if (!opening) {
            begin();
        }
        if (late) {
            submission.refuse(obstacle());
        } else {
            waiting.add(submission);
        }
    }

    /** Refuses what waits, and what still comes once the producer is gone. */
    void shut() {
        shut = true;
        context.owner().cancelTimer(patienceTimer);
        refuseWaiting(CLOSED);
        firstOpen.tryComplete();
    }

    /** To be called now and then while records come: closes when the producer has lost its brokers. */
    void look(long now) {
        Producer<byte[], byte[]> known = open;
        if (known != null && now - lookedAt > LOOK_EVERY_NANOS) {
            lookedAt = now;
            if (contact.isLost(known, health.isUnreachable(), now)) {
                open = null;
            }
        }
    }

    /**
     * For a record that {@code used} did not take because it does not know the topic any more, or not so many partitions;
     * having been asked makes it ask the brokers.
     */
    void notTaken(Submission next, Producer<byte[], byte[]> used, Throwable error) {
        Integer wanted = next.record().partition();
        int partitions = wanted == null ? 0 : partitions(used);
        if (next.attempt() > MOST_ATTEMPTS) {
            next.refuse(partitions > 0 ? RecordMapper.partitionOutOfRange(wanted, partitions) : failures.of(error));
        } else if (partitions > 0) {
            context.owner().setTimer(UNTIL_ASKED_AGAIN_MS[next.attempt() - 2], timer -> pass(next));
        } else {
            open = null;
            pass(next);
        }
    }

    /** How many the producer knows of, 0 when it does not know the topic. */
    private int partitions(Producer<byte[], byte[]> used) {
        try {
            return used.partitionsFor(topic).size();
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private void begin() {
        open = null;
        opening = true;
        late = false;
        obstacle = null;
        pause = FIRST_PAUSE_MS;
        patienceTimer = context.owner().setTimer(patience.toMillis(), timer -> giveUpWaiting());
        attempt();
    }

    private void attempt() {
        if (!shut) {
            // Another binding's context may complete the future.
            producer.open().onComplete(opened -> context.runOnContext(v -> ask(opened)));
        }
    }

    private void ask(AsyncResult<Producer<byte[], byte[]>> opened) {
        if (shut) {
            return;
        }
        if (opened.failed()) {
            tryLater(failures.ofOpening(opened.cause()));
            return;
        }
        Producer<byte[], byte[]> candidate = opened.result();
        try {
            candidate.partitionsFor(topic);
            if (producer.retireIfSuspect(candidate)) {
                tryLater(null);
            } else if (contact.isLost(candidate, health.isUnreachable(), System.nanoTime())) {
                tryLater(failures.ofLostContact());
            } else {
                letThrough(candidate);
            }
        } catch (RuntimeException e) {
            if (KafkaFailures.isFatal(e)) {
                producer.replace(candidate, e);
            }
            tryLater(failures.ofMetadata(e));
        }
    }

    private void letThrough(Producer<byte[], byte[]> known) {
        context.owner().cancelTimer(patienceTimer);
        open = known;
        opening = false;
        late = false;
        health.topicKnown();
        firstOpen.tryComplete();
        while (open == known && !waiting.isEmpty()) {
            waiting.remove().sendWith(known, this);
        }
    }

    /** @param why null when there is nothing new to tell */
    private void tryLater(@Nullable Failure why) {
        if (why != null) {
            obstacle = why;
        }
        if (late) {
            health.topicUnknown(obstacle());
        } else if (health.isUnreachable()) {
            giveUpWaiting();
        }
        context.owner().setTimer(pause, timer -> attempt());
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }

    private void giveUpWaiting() {
        late = true;
        health.topicUnknown(obstacle());
        refuseWaiting(obstacle());
    }

    private void refuseWaiting(Failure failure) {
        for (Submission next = waiting.poll(); next != null; next = waiting.poll()) {
            next.refuse(failure);
        }
    }

    /**
     * The failure of a record that met {@code error} in {@code used}, which is replaced if it is broken for good. Safe for
     * use from any thread.
     */
    Failure failed(Producer<byte[], byte[]> used, Throwable error) {
        if (KafkaFailures.isFatal(error)) {
            producer.replace(used, error);
        }
        return failures.of(error);
    }

    private Failure obstacle() {
        return obstacle != null ? obstacle : failures.ofCluster();
    }
}
