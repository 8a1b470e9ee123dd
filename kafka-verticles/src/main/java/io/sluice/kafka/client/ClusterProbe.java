package io.sluice.kafka.client;

import io.sluice.core.time.Rounds;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one cluster every few seconds whether it is there and tells the listeners. Its state belongs to its context. */
final class ClusterProbe {
    private static final Logger log = LoggerFactory.getLogger(ClusterProbe.class);
    /** Longer than a query takes that asks all brokers: one that takes longer belongs to a client that answers no more. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    /** However often it is doubted. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    /** Of Kafka's admin client; there is no type for it. */
    private static final String ENDED = "AdminClient thread has exited";

    private final Context context;
    private final Callable<ClusterQuery> opener;
    private final KafkaFailures failures;
    private final Duration every;
    private final Duration answerWithin;
    private final Rounds rounds;
    private final Set<ClusterListener> listeners = new CopyOnWriteArraySet<>();

    private @Nullable ClusterQuery query;
    private volatile @Nullable AsyncResult<Void> answer;
    /** {@link System#nanoTime()} */
    private long answeredAt;

    private boolean stopped;

    /** @param opener may block, and may fail for now */
    ClusterProbe(Context context, Callable<ClusterQuery> opener, KafkaFailures failures, Duration every) {
        this(context, opener, failures, every, ANSWER_WITHIN);
    }

    ClusterProbe(
            Context context,
            Callable<ClusterQuery> opener,
            KafkaFailures failures,
            Duration every,
            Duration answerWithin) {
        this.context = context;
        this.opener = opener;
        this.failures = failures;
        this.every = every;
        this.answerWithin = answerWithin;
        this.rounds = new Rounds(context, "asking a cluster", answerWithin.multipliedBy(2), this::round);
    }

    Set<ClusterListener> listeners() {
        return listeners;
    }

    /** Adds a listener, and tells it at once what is known. */
    void add(ClusterListener listener) {
        listeners.add(listener);
        AsyncResult<Void> known = answer;
        if (known != null) {
            tell(listener, known);
        }
    }

    void start() {
        rounds.start();
    }

    /** Asks now and not only in its turn, for somebody who doubts that the last answer still holds; on any thread. */
    void doubt() {
        context.runOnContext(v -> {
            if (System.nanoTime() - answeredAt >= BETWEEN_QUESTIONS.toNanos()) {
                rounds.hasten();
            }
        });
    }

    Future<Void> stop() {
        rounds.stop();
        return Future.future(done -> context.runOnContext(v -> {
            stopped = true;
            close().onComplete(done);
        }));
    }

    private Future<Duration> round() {
        Promise<AsyncResult<Void>> asked = Promise.promise();
        query().compose(this::ask)
                .timeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(news -> context.runOnContext(v -> asked.complete(news)));
        return asked.future().map(news -> {
            tell(news);
            return every;
        });
    }

    private Future<Void> ask(ClusterQuery asked) {
        return asked.ask().onSuccess(v -> {
            askForTopics(asked);
            askForGroups(asked);
        });
    }

    private void askForTopics(ClusterQuery asked) {
        var topics = new HashSet<String>();
        listeners.forEach(listener -> topics.addAll(listener.topics()));
        if (!topics.isEmpty()) {
            asked.topicIds(topics)
                    .onSuccess(ids -> listeners.forEach(listener -> listener.topicIds(ids)))
                    .onFailure(error -> log.atDebug().setCause(error).log("ids of topics are not known"));
        }
    }

    private void askForGroups(ClusterQuery asked) {
        var groups = new HashSet<String>();
        listeners.forEach(listener -> groups.addAll(listener.groups()));
        if (!groups.isEmpty()) {
            asked.assignments(groups)
                    .onSuccess(assigned -> listeners.forEach(listener -> listener.groupMembers(assigned)))
                    .onFailure(error -> log.atDebug().setCause(error).log("the members of groups are not known"));
        }
    }

    private Future<ClusterQuery> query() {
        return query != null
                ? Future.succeededFuture(query)
                : context.<ClusterQuery>executeBlocking(opener, false).onSuccess(this::keep);
    }

    private void keep(ClusterQuery opened) {
        if (query == null) {
            query = opened;
        } else {
            // It took so long to open that another one was opened meanwhile.
            opened.close().onFailure(cause -> log.debug("a client that came late could not be closed", cause));
        }
    }

    private void tell(AsyncResult<Void> news) {
        if (stopped) {
            // The client may have been opened while the probe was stopped; closing twice does no harm.
            close().onComplete(closed -> {});
            return;
        }
        if (news.cause() instanceof TimeoutException || hasEnded(news.cause())) {
            replaceQuery();
        }
        answer = news;
        answeredAt = System.nanoTime();
        for (ClusterListener listener : listeners) {
            tell(listener, news);
        }
    }

    /** Whether the client's thread did not survive an error: it says so and no more, whatever becomes of Kafka. */
    private static boolean hasEnded(@Nullable Throwable cause) {
        return cause != null && KafkaFailures.message(cause).contains(ENDED);
    }

    private void replaceQuery() {
        close().onFailure(cause -> log.debug("a client without answers could not be closed", cause));
        query = null;
    }

    private void tell(ClusterListener listener, AsyncResult<Void> news) {
        if (news.succeeded()) {
            listener.reachable();
        } else {
            listener.unreachable(failures.obstacle(news.cause()));
        }
    }

    private Future<Void> close() {
        return query == null ? Future.succeededFuture() : query.close();
    }
}
