package io.sluice.http.deliver;

import io.sluice.core.message.DeliveryResult;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of one delivery.
 *
 * @param body the body of the app's answer, null when it was not kept or is not whole
 */
record AppAnswer(DeliveryResult result, @Nullable Buffer body) {
    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    /**
     * The app answered; whatever it says, the status decides.
     *
     * @param retryAfter the header of that name, null for none
     */
    static AppAnswer of(int status, @Nullable String retryAfter, @Nullable Buffer body) {
        return isSuccess(status)
                ? new AppAnswer(DeliveryResult.ACKNOWLEDGED, body)
                : new AppAnswer(
                        new DeliveryResult.Refused(
                                status,
                                "the app answered with status " + status,
                                RetryAfter.pause(status, retryAfter, Instant.now())),
                        null);
    }

    /** The app may have had the record, and did not answer. */
    static AppAnswer missing(String reason) {
        return new AppAnswer(new DeliveryResult.Refused(0, reason), null);
    }

    /** The record did not get as far as the app. */
    static AppAnswer unreachable(String reason) {
        return new AppAnswer(new DeliveryResult.Unreachable(reason), null);
    }

    static boolean isSuccess(int status) {
        return status >= OK && status < REDIRECTION;
    }
}
