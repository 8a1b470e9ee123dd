package io.sluice.kafka.produce;

import io.sluice.core.bus.InvokeWithdrawal;
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
    /** No question is asked of anybody then, only whether there is contact again. */
    private static final long WITHOUT_CONTACT_MS = 200;

    private static final Failure CLOSED = new Failure(Reason.CLOSED, "component is closed");

    private final Context context;
    private final SharedProducer producer;
    private final String topic;
    private final Duration patience;
    private final OutputFailures failures;
    private final OutputHealth health;
    private final UntakenRecords untaken;
    private final BrokerContact contact = new BrokerContact();
    private final Queue<Submission> waiting = new ArrayDeque<>();
    private final Promise<Void> firstOpen = Promise.promise();

    private @Nullable Producer<byte[], byte[]> open;
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
        this.untaken = new UntakenRecords(context, topic, this.failures, this);
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

    /** Refuses what waits for callers who are gone. */
    void withdraw(InvokeWithdrawal gone) {
        if (!waiting.isEmpty()) {
            waiting.removeIf(submission -> submission.isWithdrawn(gone));
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
        if (known != null && contact.isDue(now) && contact.isLost(known, health.isUnreachable(), now)) {
            open = null;
        }
    }

    /** Whether, since it was asked last, a producer has been found to report nothing any more of what it was given. */
    boolean isForsaken() {
        return contact.isForsaken();
    }

    /** For a record that {@code used} did not take because it does not know the topic, or not so many partitions. */
    void notTaken(Submission next, Producer<byte[], byte[]> used, Throwable error) {
        untaken.again(next, used, error);
    }

    /** Opens anew for a topic that the producer has forgotten. */
    void reopen(Submission next) {
        open = null;
        pass(next);
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
                pause = Math.min(pause, WITHOUT_CONTACT_MS);
                health.contactLost();
                tryLater(failures.ofLostContact());
            } else {
                letThrough(candidate);
            }
        } catch (Throwable e) {
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
        while (open == known && known == producer.current() && !waiting.isEmpty()) {
            waiting.remove().sendWith(known, this);
        }
        if (!waiting.isEmpty() && !opening) {
            begin();
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
