package io.sluice.core.message;

import java.time.Duration;

/** How one attempt to deliver a record ended. */
public sealed interface DeliveryResult {
    /** The one instance of {@link Acknowledged}. */
    DeliveryResult ACKNOWLEDGED = new Acknowledged();

    /** The app took the record. */
    record Acknowledged() implements DeliveryResult {}

    /**
     * The app had the record and did not acknowledge it: another status, more time than the component gives it, or a
     * connection that broke again and again for this record alone. Counts as an attempt.
     *
     * @param status the app's status of HTTP or gRPC, 0 when there was none
     * @param reason for logs, the failure ledger and dead letters; no payload
     * @param retryAfter how long the app asks to be left alone, zero when it does not ask
     * @param answer the beginning of what the app has said beside the status, escaped; for the failure ledger and DEBUG, as
     *     it may quote the record
     */
    record Refused(int status, String reason, Duration retryAfter, String answer) implements DeliveryResult {
        /** A refusal without more words. */
        public Refused(int status, String reason, Duration retryAfter) {
            this(status, reason, retryAfter, "");
        }

        /** A refusal that asks for no pause. */
        public Refused(int status, String reason) {
            this(status, reason, Duration.ZERO);
        }
    }

    /**
     * The app did not answer: nothing listens, the app is known to be unhealthy, there is no room for another call, or the
     * connection broke, so that it is not known whether the app had the record. Not an attempt: the record waits, and no
     * policy ever skips it for that.
     */
    record Unreachable(String reason) implements DeliveryResult {}

    /**
     * The record cannot be delivered before something that it alone needs is there: its schema. Not an attempt: the record
     * waits, and those that need nothing of the kind go on.
     */
    record Postponed(String reason) implements DeliveryResult {}
}
