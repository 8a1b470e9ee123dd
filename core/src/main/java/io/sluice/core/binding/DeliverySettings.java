package io.sluice.core.binding;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a consumed record reaches whoever wants it, and what happens when it is refused.
 *
 * @param maxInFlight deliveries in flight per partition
 * @param deadLetterTopic where refused records go, null for nowhere
 * @param timeout longest time of one delivery attempt, zero for no limit
 * @param target who gets the records
 * @param escapeHeaders whether header values and the key are URL-escaped
 * @param fanOut whether {@code to}, {@code data} and {@code concurrency} of the app's answer are honoured
 * @param excludedHeaders those of a record that stay behind; null for {@link HeaderNames#OF_REQUESTS} where a record becomes a
 *     request of HTTP, and none elsewhere
 */
public record DeliverySettings(
        Ordering ordering,
        int maxInFlight,
        FailurePolicy failurePolicy,
        @Nullable String deadLetterTopic,
        Duration timeout,
        Target target,
        boolean escapeHeaders,
        boolean fanOut,
        @Nullable HeaderNames excludedHeaders) {

    /** The values of {@code ordering}: what stays in order on delivery. */
    public enum Ordering {
        PARTITION,
        KEY,
        NONE
    }

    /** The values of {@code failurePolicy}. */
    public enum FailurePolicy {
        SKIP,
        DEAD_LETTER,
        BLOCK
    }

    /** The values of {@code delivery}. */
    public enum Target {
        APP,
        EVENTBUS
    }
}
