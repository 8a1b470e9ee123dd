package io.sluice.http.deliver;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.RecordHeader;
import java.util.Optional;

/**
 * How many headers of a record are brought to an app. No app takes more, and the work for them would hold up the records of
 * all bindings.
 */
final class HeaderLimits {
    static final int MOST = 2_000;
    static final int MOST_BYTES = 1024 * 1024;

    private HeaderLimits() {}

    /** Why the record cannot be delivered, in words for an operator; empty when it can. */
    static Optional<String> problem(Delivery delivery) {
        int number = delivery.headers().size();
        if (number > MOST) {
            return Optional.of("it has " + number + " headers, more than the " + MOST + " that are brought to an app");
        }
        long bytes = 0;
        for (RecordHeader header : delivery.headers()) {
            bytes += header.name().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes > MOST_BYTES
                ? Optional.of("its headers have " + bytes + " bytes, more than the " + MOST_BYTES
                        + " that are brought to an app")
                : Optional.empty();
    }
}
