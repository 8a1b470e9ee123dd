package io.sluice.kafka.consume;

import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.consume.failure.FailedRecord;
import io.sluice.kafka.consume.failure.FailedRecord.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What becomes of a record whose attempts are used up: the binding's {@code failurePolicy}. Belongs to its context. */
final class LastResort {
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 2_000;
    /** Each attempt sends it several times, and only somebody who raises a limit can help. */
    private static final long LONGEST_PAUSE_OF_LARGE = 15_000;

    private final Context context;
    private final Input input;
    private final String topic;
    private final BiConsumer<Flight, Outcome> settled;
    private final KafkaFailures failures;
    /** Whose dead letters have failed so far. */
    private final Set<Flight> unwritten = new HashSet<>();

    /** @param settled called on the context when a record's outcome is known, after it was settled or blocked */
    LastResort(Context context, Input input, String topic, BiConsumer<Flight, Outcome> settled) {
        this.context = context;
        this.input = input;
        this.topic = topic;
        this.settled = settled;
        this.failures = new KafkaFailures(
                Cluster.of(input.binding()),
                "deadLetterTopic",
                input.binding().delivery().deadLetterTopic());
    }

    void exhausted(Flight flight, int attempts, Refused refused) {
        switch (input.binding().delivery().failurePolicy()) {
            case SKIP -> skip(flight, record(flight, attempts, refused, Outcome.SKIPPED));
            case DEAD_LETTER -> {
                flight.lane().writing(flight.attempt());
                write(flight, record(flight, attempts, refused, Outcome.DEAD_LETTERED), FIRST_PAUSE);
            }
            case BLOCK -> block(flight, record(flight, attempts, refused, Outcome.BLOCKED));
        }
    }

    private FailedRecord record(Flight flight, int attempts, Refused refused, Outcome outcome) {
        return new FailedRecord(
                Deliveries.coordinates(flight.attempt().payload()),
                attempts,
                refused.status(),
                refused.reason(),
                refused.answer(),
                input.clock().getAsLong(),
                outcome);
    }

    private void skip(Flight flight, FailedRecord failed) {
        if (flight.lane().settled(flight.attempt())) {
            input.metrics().skipped();
            end(flight, failed);
        }
    }

    private void block(Flight flight, FailedRecord failed) {
        if (flight.lane().blocked(flight.attempt(), failed.reason(), failed.time())) {
            input.metrics().blocked();
            end(flight, failed);
        }
    }

    /** Until it is written, or settled from outside; nothing of the partition is delivered while that fails. */
    private void write(Flight flight, FailedRecord failed, long pause) {
        if (!flight.lane().isStanding(flight.attempt())) {
            forget(flight::equals);
            return;
        }
        Future.<Void>future(written -> input.letters()
                        .write(flight.delivery(), failed)
                        .onComplete(result ->
                                // It may come from Kafka's thread.
                                context.runOnContext(v -> written.complete(result.result(), result.cause()))))
                .onSuccess(v -> written(flight, failed))
                .onFailure(cause -> notWritten(flight, failed, pause, cause));
    }

    private void written(Flight flight, FailedRecord failed) {
        forget(flight::equals);
        if (flight.lane().settled(flight.attempt())) {
            input.metrics().deadLettered();
            end(flight, failed);
        }
    }

    private void notWritten(Flight flight, FailedRecord failed, long pause, Throwable cause) {
        String why =
                "the dead-letter topic cannot be written: " + failures.of(cause).detail();
        input.metrics().deadLetterFailed();
        if (!flight.lane().isStanding(flight.attempt())) {
            forget(flight::equals);
            return;
        }
        flight.lane().unwritten(flight.attempt(), why, input.clock().getAsLong());
        if (pause == FIRST_PAUSE) {
            input.ledger().add(failed.with(Outcome.UNWRITTEN, input.clock().getAsLong()));
        }
        if (flight.lane().isDraining()) {
            // The partition goes to another member, which will see the record again.
            flight.lane().blocked(flight.attempt(), why, failed.time());
            forget(flight::equals);
            return;
        }
        if (unwritten.isEmpty()) {
            input.health().problem(problem(), why);
        } else {
            // DeliveryWatch tells once a minute that it lasts.
            input.health().knownProblem(problem(), why);
        }
        unwritten.add(flight);
        long longest = cause instanceof RecordTooLargeException ? LONGEST_PAUSE_OF_LARGE : LONGEST_PAUSE;
        context.owner().setTimer(pause, timer -> write(flight, failed, Math.min(longest, pause * 2)));
    }

    /** A record that stood still needs nothing more. */
    void settledFromOutside() {
        forget(flight -> !flight.lane().isStanding(flight.attempt()));
    }

    private void forget(Predicate<Flight> over) {
        if (unwritten.removeIf(over) && unwritten.isEmpty()) {
            input.health().solved(problem());
        }
    }

    private String problem() {
        return problem(topic);
    }

    /** What a dead letter that cannot be written is called in {@link InputHealth}. */
    static String problem(String topic) {
        return "dead letters of " + topic;
    }

    private void end(Flight flight, FailedRecord failed) {
        input.ledger().add(failed);
        input.failedRecords().add(failed);
        settled.accept(flight, failed.outcome());
    }
}
