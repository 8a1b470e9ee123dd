package io.sluice.kafka.consume.progress;

import java.util.function.Function;

/** What follows from an attempt that was refused. */
public sealed interface Refusal {

    /** Calls the function of the case that this refusal is. */
    <T> T fold(Function<RetryAt, T> retryAt, Function<Exhausted, T> exhausted, Function<TooLate, T> tooLate);

    /**
     * The record is delivered again; nothing is to be done.
     *
     * @param time milliseconds since the epoch
     */
    record RetryAt(long time) implements Refusal {
        @Override
        public <T> T fold(
                Function<RetryAt, T> retryAt, Function<Exhausted, T> exhausted, Function<TooLate, T> tooLate) {
            return retryAt.apply(this);
        }
    }

    /**
     * There are no more retries. The attempt stays in flight until the failure policy has ended it: with {@link
     * PartitionProgress#settled} when the record was skipped or is in the dead-letter topic, with {@link
     * PartitionProgress#blocked} when it has to stay.
     *
     * @param refusals how often the record was refused
     */
    record Exhausted(int refusals) implements Refusal {
        @Override
        public <T> T fold(
                Function<RetryAt, T> retryAt, Function<Exhausted, T> exhausted, Function<TooLate, T> tooLate) {
            return exhausted.apply(this);
        }
    }

    /** The attempt had ended before, the partition went to another owner or the record left the log. */
    record TooLate() implements Refusal {
        @Override
        public <T> T fold(
                Function<RetryAt, T> retryAt, Function<Exhausted, T> exhausted, Function<TooLate, T> tooLate) {
            return tooLate.apply(this);
        }
    }
}
