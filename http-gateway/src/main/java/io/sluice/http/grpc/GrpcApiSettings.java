package io.sluice.http.grpc;

import io.sluice.http.listen.Door;
import java.time.Duration;
import java.util.List;

/**
 * How the gRPC API listens and what it lets in.
 *
 * @param listenAddresses host names or addresses to listen on, at least one
 * @param port the same on every address; 0 picks a free one
 * @param maxMessageSize longest request message in bytes, also after decompression; 0 or less for no limit
 * @param door what callers have to show
 * @param deadline how long a request's message may take to come in, and after that how long its answer may take
 * @param instances how many event loops serve calls
 */
public record GrpcApiSettings(
        List<String> listenAddresses, int port, long maxMessageSize, Door door, Duration deadline, int instances) {

    /** What fits into one buffer together with its frame. */
    private static final long LARGEST = Integer.MAX_VALUE - 64;

    public GrpcApiSettings {
        listenAddresses = List.copyOf(listenAddresses);
        if (listenAddresses.isEmpty() || instances < 1) {
            throw new IllegalArgumentException("at least one listen address and one instance");
        }
    }

    /** The limit on messages that is in force. */
    int messageLimit() {
        return (int) (maxMessageSize <= 0 ? LARGEST : Math.min(maxMessageSize, LARGEST));
    }
}
