package io.sluice.http.deliver;

import io.sluice.core.message.DeliveryResult;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of one delivery.
 *
 * @param broke whether a connection broke before the app answered: whether it had the record is not known
 * @param body the body of the app's answer, null when it was not kept or is not whole
 */
record AppAnswer(
        DeliveryResult result, boolean broke, @Nullable Buffer body) {
    /** The record was not sent, or not once more; that says nothing of the app. */
    static final AppAnswer NOT_WANTED =
            new AppAnswer(new DeliveryResult.Postponed("the partition may be another member's by now"), false, null);

    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int LAST = 999;
    private static final int NO_STATUS = 0;

    /**
     * The app answered; whatever it says, the status decides.
     *
     * @param retryAfter the header of that name, null for none
     * @param said as {@link DeliveryResult.Refused#answer}
     */
    static AppAnswer of(int status, @Nullable String retryAfter, @Nullable Buffer body, String said) {
        if (isSuccess(status)) {
            return acknowledged(body);
        }
        Duration pause = RetryAfter.pause(status, retryAfter, Instant.now());
        String reason = "the app answered with status " + status;
        return new AppAnswer(new DeliveryResult.Refused(status, reason, pause, said), false, null);
    }

    static AppAnswer acknowledged(@Nullable Buffer body) {
        return new AppAnswer(DeliveryResult.ACKNOWLEDGED, false, body);
    }

    static AppAnswer refused(int status, String reason, Duration retryAfter) {
        return new AppAnswer(new DeliveryResult.Refused(status, reason, retryAfter), false, null);
    }

    /** The app did not answer within the time that the component gives it. */
    static AppAnswer late(Duration limit) {
        return refused(NO_STATUS, "timed out after " + limit.toMillis() + " ms", Duration.ZERO);
    }

    /** The app may have had the record, and its connection broke before it answered. */
    static AppAnswer broken(String reason) {
        return new AppAnswer(new DeliveryResult.Unreachable(reason), true, null);
    }

    /** The record did not get as far as the app. */
    static AppAnswer unreachable(String reason) {
        return new AppAnswer(new DeliveryResult.Unreachable(reason), false, null);
    }

    /** Why there is no answer; empty when there is one. */
    String reason() {
        return result instanceof DeliveryResult.Unreachable away ? away.reason() : "";
    }

    /** Whether the app has said something of the record. */
    boolean isGiven() {
        return !(result instanceof DeliveryResult.Unreachable)
                && !(result instanceof DeliveryResult.Postponed)
                && !(result instanceof DeliveryResult.Refused refused && refused.status() == NO_STATUS);
    }

    static boolean isSuccess(int status) {
        return status >= OK && status < REDIRECTION;
    }

    /** Whether a status answers a request: three digits, and not only that the answer is on its way. */
    static boolean isFinal(int status) {
        return status >= OK && status <= LAST;
    }
}
