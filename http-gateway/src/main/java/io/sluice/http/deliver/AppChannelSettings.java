package io.sluice.http.deliver;

import io.sluice.core.binding.Secret;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the user's app is reached.
 *
 * @param protocol {@code http}, {@code https} or {@code h2c}; an app of another protocol gets nothing
 * @param address host name or address, IPv6 without brackets
 * @param maxConcurrency most deliveries in flight over all bindings, -1 for no limit but the 1024 connections
 * @param appToken sent as {@code dapr-api-token} with every call, null for none
 * @param probeTimeout how long the app may take to say whether it wants a binding's records
 * @param health the probe of the app's health, null when it is not probed
 */
public record AppChannelSettings(
        String protocol,
        String address,
        int port,
        int maxConcurrency,
        @Nullable Secret appToken,
        Duration probeTimeout,
        @Nullable HealthCheck health) {

    private static final Set<String> HTTP_PROTOCOLS = Set.of("http", "https", "h2c");

    /**
     * The probe of the app's health.
     *
     * @param interval from the begin of one probe to that of the next
     * @param threshold failed probes in a row after which the app counts as unhealthy
     */
    public record HealthCheck(String path, Duration interval, Duration timeout, int threshold) {}

    /** Whether the protocol is one that deliveries can be made with. */
    boolean isHttp() {
        return HTTP_PROTOCOLS.contains(protocol);
    }

    /** As in a request's {@code Host} (RFC 3986, 3.2). */
    String authority() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    /** Where the app listens, for people. */
    String where() {
        return address + ":" + port;
    }
}
