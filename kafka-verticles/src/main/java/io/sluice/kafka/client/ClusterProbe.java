package io.sluice.kafka.client;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Asks one cluster every few seconds whether it is there and tells the listeners. Its state belongs to its context. */
final class ClusterProbe {
    private final Context context;
    private final Callable<ClusterQuery> opener;
    private final KafkaFailures failures;
    private final Duration every;
    private final Set<ClusterListener> listeners = new CopyOnWriteArraySet<>();

    private @Nullable ClusterQuery query;
    private volatile @Nullable AsyncResult<Void> answer;
    private boolean stopped;

    /** @param opener may block, and may fail for now */
    ClusterProbe(Context context, Callable<ClusterQuery> opener, KafkaFailures failures, Duration every) {
        this.context = context;
        this.opener = opener;
        this.failures = failures;
        this.every = every;
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
        context.runOnContext(v -> ask());
    }

    Future<Void> stop() {
        return Future.future(done -> context.runOnContext(v -> {
            stopped = true;
            close().onComplete(done);
        }));
    }

    private void ask() {
        if (!stopped) {
            query().compose(ClusterQuery::ask).onComplete(answer -> context.runOnContext(v -> tell(answer)));
        }
    }

    private Future<ClusterQuery> query() {
        return query != null
                ? Future.succeededFuture(query)
                : context.<ClusterQuery>executeBlocking(opener, false).onSuccess(opened -> query = opened);
    }

    private void tell(AsyncResult<Void> news) {
        if (stopped) {
            // The client may have been opened while the probe was stopped; closing twice does no harm.
            close().onComplete(closed -> {});
            return;
        }
        answer = news;
        for (ClusterListener listener : listeners) {
            tell(listener, news);
        }
        context.owner().setTimer(every.toMillis(), timer -> ask());
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
