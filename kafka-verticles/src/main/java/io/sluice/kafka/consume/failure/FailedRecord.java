package io.sluice.kafka.consume.failure;

import io.sluice.core.message.Delivery.Coordinates;

/**
 * A record that nobody took, as the failure ledger keeps it.
 *
 * @param attempts how often it was refused
 * @param status of the last refusal, 0 when there was none
 * @param reason of the last refusal
 * @param answer what the app said beside it, for the ledger alone
 * @param time when the outcome was known, milliseconds since the epoch
 */
public record FailedRecord(
        Coordinates coordinates, int attempts, int status, String reason, String answer, long time, Outcome outcome) {

    /** What became of it. */
    public enum Outcome {
        SKIPPED("skipped"),
        DEAD_LETTERED("deadLettered"),
        BLOCKED("blocked"),
        /** Its dead letter cannot be written so far; nothing more of its partition is delivered. */
        UNWRITTEN("unwritten"),
        REDELIVERED("redelivered");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** As in the API. */
        public String text() {
            return text;
        }
    }

    /** The same record, with what has become of it now. */
    public FailedRecord with(Outcome now, long when) {
        return new FailedRecord(coordinates, attempts, status, reason, answer, when, now);
    }
}
