package io.sluice.core.message;

import java.time.Duration;

/** How one attempt to deliver a record ended. */
public sealed interface DeliveryResult {
    /** The one instance of {@link Acknowledged}. */
    DeliveryResult ACKNOWLEDGED = new Acknowledged();

    /** The app took the record. */
    record Acknowledged() implements DeliveryResult {}

    /**
     * The app had the record, or may have had it, and did not acknowledge it: another status, a time-out, a connection
     * that broke after the request was sent. Counts as an attempt.
     *
     * @param status the app's status of HTTP or gRPC, 0 when there was none
     * @param reason for logs, the failure ledger and dead letters; no payload
     * @param retryAfter how long the app asks to be left alone, zero when it does not ask
     */
    record Refused(int status, String reason, Duration retryAfter) implements DeliveryResult {
        /** A refusal that asks for no pause. */
        public Refused(int status, String reason) {
            this(status, reason, Duration.ZERO);
        }
    }

    /**
     * The record did not get as far as the app: nobody listens, the app is known to be unhealthy, no room for another
     * call. Not an attempt: the record waits, and no policy ever skips it for that.
     */
    record Unreachable(String reason) implements DeliveryResult {}

    /**
     * The record cannot be delivered before something that it alone needs is there: its schema. Not an attempt: the record
     * waits, and those that need nothing of the kind go on.
     */
    record Postponed(String reason) implements DeliveryResult {}
}
