package io.sluice.kafka.client;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Looks closer when no broker answers: to Kafka's client a listener that expects TLS, or a login, or neither, is a silent
 * one. For one question at a time.
 */
final class InspectingQuery implements ClusterQuery {
    /** Silent answers in a row are looked into at the 1st, 2nd, 4th, 8th, 16th, 32nd, 48th and so on: brokers log each look. */
    private static final int SELDOM = 16;

    private final ClusterQuery query;
    private final SecurityProtocol expected;
    private final Supplier<Future<Optional<SecurityProtocol>>> inspection;

    private int silences;
    private @Nullable ListenerMismatchException mismatch;

    /** @param expected what the binding is set up for */
    InspectingQuery(
            ClusterQuery query, SecurityProtocol expected, Supplier<Future<Optional<SecurityProtocol>>> inspection) {
        this.query = query;
        this.expected = expected;
        this.inspection = inspection;
    }

    @Override
    public Future<Void> ask() {
        return query.ask().onSuccess(v -> forget()).recover(this::explain);
    }

    private Future<Void> explain(Throwable error) {
        if (!KafkaFailures.isCausedBy(error, TimeoutException.class)) {
            forget();
            return Future.failedFuture(error);
        }
        silences++;
        boolean due = Integer.bitCount(silences) == 1 || silences % SELDOM == 0;
        Future<?> looked = due ? inspection.get().onSuccess(this::found) : Future.succeededFuture();
        return looked.transform(v -> Future.failedFuture(mismatch != null ? mismatch : error));
    }

    private void found(Optional<SecurityProtocol> spoken) {
        mismatch = spoken.filter(protocol -> protocol != expected)
                .map(ListenerMismatchException::new)
                .orElse(null);
    }

    private void forget() {
        silences = 0;
        mismatch = null;
    }

    @Override
    public Future<Map<String, Uuid>> topicIds(Set<String> topics) {
        return query.topicIds(topics);
    }

    @Override
    public Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups) {
        return query.assignments(groups);
    }

    @Override
    public Future<Boolean> hasInstance(String group, String instanceId) {
        return query.hasInstance(group, instanceId);
    }

    @Override
    public Future<Void> close() {
        return query.close();
    }
}
