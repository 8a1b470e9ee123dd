package io.sluice.kafka.produce;

import io.sluice.core.message.Failure;

/** Ends the mapping of a request that cannot become a record. Expected, so it has no stack trace. */
final class Refusal extends RuntimeException {
    private final Failure failure;

    Refusal(Failure failure) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
