package io.sluice.http.api;

import io.sluice.http.listen.AllowedOrigins;
import io.sluice.http.listen.Door;
import io.sluice.http.listen.ListenAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP API listens and what it lets in.
 *
 * @param at where it listens
 * @param publicAt where health and metadata are served besides, in plain text and to all, null for nowhere
 * @param maxBodySize longest request body in bytes; 0 or less for no limit
 * @param maxHeadSize longest request line, and longest headers, in bytes
 * @param door what callers have to show
 * @param origins whose pages may call from a browser
 * @param requestDeadline how long a request's body may take to come in, and after that how long its answer may take
 * @param instances how many event loops serve requests
 * @param logsCalls whether each call is told in the log
 */
public record HttpApiSettings(
        ListenAddress at,
        @Nullable ListenAddress publicAt,
        long maxBodySize,
        int maxHeadSize,
        Door door,
        AllowedOrigins origins,
        Duration requestDeadline,
        int instances,
        boolean logsCalls) {

    public HttpApiSettings {
        if (instances < 1) {
            throw new IllegalArgumentException("at least one instance");
        }
    }
}
