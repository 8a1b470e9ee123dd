package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * Where the app's port is. {@code localhost} means either loopback address: many servers that are told to listen there are on
 * {@code ::1} alone. The one that was reached last is tried first. Belongs to one context.
 */
final class AppAddress {
    private static final String LOCALHOST = "localhost";

    private final AppChannelSettings settings;
    private final List<SocketAddress> addresses;
    private int first;

    AppAddress(AppChannelSettings settings) {
        this.settings = settings;
        var hosts = settings.address().equalsIgnoreCase(LOCALHOST)
                ? List.of("127.0.0.1", "::1")
                : List.of(settings.address());
        this.addresses = hosts.stream()
                .map(host -> SocketAddress.inetSocketAddress(settings.port(), host))
                .toList();
    }

    /** A request that goes to one of the addresses, under the name that was configured. */
    RequestOptions request(SocketAddress address) {
        return new RequestOptions().setServer(address).setHost(settings.host()).setPort(settings.port());
    }

    /**
     * Tries each address until one is reached.
     *
     * @param attempt fails when the address cannot be reached
     * @return fails as the first attempt did when none can be
     */
    <T> Future<T> reach(Function<SocketAddress, Future<T>> attempt) {
        Future<T> reached = attempt.apply(addresses.get(first));
        if (addresses.size() == 1) {
            return reached;
        }
        int other = 1 - first;
        return reached.recover(away -> attempt.apply(addresses.get(other))
                .onSuccess(there -> first = other)
                .recover(awayToo -> Future.failedFuture(away)));
    }
}
