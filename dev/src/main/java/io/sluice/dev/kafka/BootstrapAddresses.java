package io.sluice.dev.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of {@code bootstrap.servers}, looked at before Kafka's client, which would try for a minute and not say why. */
final class BootstrapAddresses {
    private BootstrapAddresses() {}

    /**
     * Returns when something listens at one of the addresses.
     *
     * @throws IllegalStateException when nothing does, with each address and its reason
     * @throws IllegalArgumentException when one is no {@code host:port}
     */
    static void requireListener(String bootstrapServers, Duration limit) {
        List<InetSocketAddress> addresses = Arrays.stream(bootstrapServers.split(","))
                .map(String::strip)
                .map(BootstrapAddresses::parse)
                .toList();
        List<String> reasons = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            String reason = refusal(address, limit);
            if (reason == null) {
                return;
            }
            reasons.add(address.getHostString() + ":" + address.getPort() + ": " + reason);
        }
        throw new IllegalStateException("no Kafka at " + String.join("; ", reasons));
    }

    private static InetSocketAddress parse(String text) {
        try {
            URI uri = URI.create("kafka://" + text);
            if (uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= 65_535
                    && uri.getAuthority().equals(text)) {
                return new InetSocketAddress(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // told below, as every other text that is none
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no address of a Kafka: HOST:PORT, such as localhost:9092");
    }

    private static @Nullable String refusal(InetSocketAddress address, Duration limit) {
        if (address.isUnresolved()) {
            return "the name is unknown";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(limit.toMillis()));
            return null;
        } catch (SocketTimeoutException e) {
            return "no answer within " + limit.toSeconds() + " s";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
