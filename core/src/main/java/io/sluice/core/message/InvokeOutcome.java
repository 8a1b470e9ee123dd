package io.sluice.core.message;

import java.util.function.Function;

/** What became of one {@link InvokeRequest}. */
public sealed interface InvokeOutcome {

    /** Calls the function of the case that this outcome is. */
    <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused);

    /**
     * Kafka acknowledged the record.
     *
     * @param offset -1 when the binding asks for no acknowledgement ({@code producerRequiredAcks: none})
     */
    record Stored(String topic, int partition, long offset) implements InvokeOutcome {
        @Override
        public <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused) {
            return stored.apply(this);
        }
    }

    /** The record is not known to be in Kafka. */
    record Refused(Failure failure) implements InvokeOutcome {
        @Override
        public <T> T fold(Function<Stored, T> stored, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    /** Short for a {@link Refused} with a {@link Failure} of these parts. */
    static InvokeOutcome refused(Reason reason, String detail) {
        return new Refused(new Failure(reason, detail));
    }
}
