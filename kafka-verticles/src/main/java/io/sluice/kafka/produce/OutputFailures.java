package io.sluice.kafka.produce;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.client.Obstacle;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What callers of a binding are told, from what a record met and from what is known of its cluster. Safe for any thread. */
final class OutputFailures {
    private final KafkaFailures failures;
    private final OutputHealth health;

    OutputFailures(KafkaFailures failures, OutputHealth health) {
        this.failures = failures;
        this.health = health;
    }

    /** The failure of a record that met {@code error}. */
    Failure of(Throwable error) {
        Failure met = failures.of(error);
        Obstacle behind = health.clusterProblem();
        // Of a login that fails when a connection is renewed, or of brokers that are gone, a record only sees that
        // nothing happens.
        boolean known = behind.turnedAway() || health.isUnreachable();
        return met.reason() == Reason.KAFKA_UNAVAILABLE && known ? failures.of(behind) : met;
    }

    /** The failure of a record while no producer could be opened. */
    Failure ofOpening(Throwable error) {
        return failures.of(failures.obstacle(error));
    }

    /** What an answer to a question for the topic's metadata means; null when it says nothing. */
    @Nullable
    Failure ofMetadata(Throwable error) {
        // Without a broker's answer in it, a time-out only says that there is no metadata yet.
        boolean saysNothing = error instanceof TimeoutException && !(error.getCause() instanceof ApiException);
        return saysNothing ? null : failures.of(error);
    }

    /** The failure of a record while a producer has lost its brokers. */
    Failure ofLostContact() {
        return failures.of(health.clusterProblemOr("no connection to any broker"));
    }

    /** The failure of a record while nothing is heard of the topic. */
    Failure ofCluster() {
        return failures.of(health.clusterProblem());
    }
}
