package io.sluice.http.deliver;

import io.sluice.core.binding.Secret;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the user's app is reached.
 *
 * @param protocol {@code http}, {@code https}, {@code h2c}, {@code grpc} or {@code grpcs}
 * @param address host name or address, IPv6 without brackets
 * @param maxConcurrency most deliveries in flight over all bindings, -1 for no limit but 1024
 * @param appToken sent as {@code dapr-api-token} with every call, null for none
 * @param maxHeadBytes longest head of an answer, of its first line and of its headers, each
 * @param probeTimeout how long the app may take to say whether it wants a binding's records
 * @param health the probe of the app's health, null when it is not probed
 */
public record AppChannelSettings(
        String protocol,
        String address,
        int port,
        int maxConcurrency,
        @Nullable Secret appToken,
        int maxHeadBytes,
        Duration probeTimeout,
        @Nullable HealthCheck health) {

    private static final Set<String> TLS_PROTOCOLS = Set.of("https", "grpcs");
    private static final Set<String> GRPC_PROTOCOLS = Set.of("grpc", "grpcs");

    /**
     * The probe of the app's health.
     *
     * @param path for HTTP; gRPC has a method of its own
     * @param interval from the begin of one probe to that of the next
     * @param threshold failed probes in a row after which the app counts as unhealthy
     */
    public record HealthCheck(String path, Duration interval, Duration timeout, int threshold) {}

    boolean isTls() {
        return TLS_PROTOCOLS.contains(protocol);
    }

    boolean isGrpc() {
        return GRPC_PROTOCOLS.contains(protocol);
    }

    /** As in a request's {@code Host} (RFC 3986, 3.2). */
    String authority() {
        return host() + ":" + port;
    }

    /** The part of the {@link #authority} before the port. */
    String host() {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** Where the app listens, for people. */
    String where() {
        return address + ":" + port;
    }
}
