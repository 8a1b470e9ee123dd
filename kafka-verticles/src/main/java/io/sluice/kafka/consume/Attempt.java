package io.sluice.kafka.consume;

/**
 * One delivery of a record that is under way. Its result counts once, and only as long as no later attempt began.
 *
 * @param dispatch tells this delivery of the record from its earlier ones
 */
record Attempt<R>(HeldRecord<R> held, int dispatch) {

    long offset() {
        return held.offset();
    }

    R payload() {
        return held.payload();
    }

    /** How often the record was refused before this attempt. */
    int refusals() {
        return held.attempts();
    }

    /** Whether this is the newest delivery of its record. */
    boolean isCurrent() {
        return held.dispatches == dispatch;
    }
}
