package io.sluice.http.api;

import io.sluice.http.listen.Door;
import java.time.Duration;
import java.util.List;

/**
 * How the HTTP API listens and what it lets in.
 *
 * @param listenAddresses host names or addresses to listen on, at least one
 * @param port the same on every address; 0 picks a free one
 * @param maxBodySize longest request body in bytes; 0 or less for no limit
 * @param door what callers have to show
 * @param requestDeadline how long a request's body may take to come in, and after that how long its answer may take
 * @param instances how many event loops serve requests
 */
public record HttpApiSettings(
        List<String> listenAddresses, int port, long maxBodySize, Door door, Duration requestDeadline, int instances) {

    public HttpApiSettings {
        listenAddresses = List.copyOf(listenAddresses);
        if (listenAddresses.isEmpty() || instances < 1) {
            throw new IllegalArgumentException("at least one listen address and one instance");
        }
    }
}
