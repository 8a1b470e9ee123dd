package io.sluice.http.deliver;

import java.time.Duration;

/** The header that tells a server how long its client waits: at most eight digits and a unit. */
final class GrpcTimeout {
    private static final long LARGEST = 99_999_999;

    private GrpcTimeout() {}

    static String of(Duration timeout) {
        long millis = Math.max(1, timeout.toMillis());
        return millis <= LARGEST ? millis + "m" : Math.min(LARGEST, timeout.toSeconds()) + "S";
    }
}
