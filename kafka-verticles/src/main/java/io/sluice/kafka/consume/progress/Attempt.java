package io.sluice.kafka.consume.progress;

/**
 * One delivery of a record that is under way. Its result counts once, and only as long as no later attempt began.
 *
 * @param dispatch tells this delivery of the record from its earlier ones
 */
public record Attempt<R>(HeldRecord<R> held, int dispatch) {

    public long offset() {
        return held.offset();
    }

    public R payload() {
        return held.payload();
    }

    /** How often the record was refused before this attempt. */
    public int refusals() {
        return held.attempts();
    }

    /** Whether this is the newest delivery of its record. */
    boolean isCurrent() {
        return held.dispatches == dispatch;
    }
}
