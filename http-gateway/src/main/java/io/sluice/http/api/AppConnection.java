package io.sluice.http.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the user's app is reached.
 *
 * @param port 0 for none: then there is no app
 * @param protocol as in {@code --app-protocol}
 * @param maxConcurrency most deliveries in flight, -1 for no limit
 * @param health how the app's health is probed, or null when it is not
 */
public record AppConnection(
        int port,
        String protocol,
        String channelAddress,
        int maxConcurrency,
        @Nullable HealthCheck health) {

    /** Whether its health is a path. */
    public boolean speaksHttp() {
        return !protocol.startsWith("grpc");
    }

    /**
     * The probe of the app's health.
     *
     * @param threshold failed probes in a row after which the app counts as unhealthy
     */
    public record HealthCheck(String path, Duration probeInterval, Duration probeTimeout, int threshold) {}
}
