package io.sluice.http.grpc;

import io.sluice.http.listen.Door;
import io.sluice.http.listen.ListenAddress;
import java.time.Duration;

/**
 * How the gRPC API listens and what it lets in.
 *
 * @param at where it listens
 * @param maxMessageSize longest request message in bytes, also after decompression; 0 or less for no limit
 * @param maxHeadSize longest headers of a call in bytes
 * @param door what callers have to show
 * @param deadline how long a request's message may take to come in, and after that how long its answer may take
 * @param instances how many event loops serve calls
 * @param logsCalls whether each call is told in the log
 */
public record GrpcApiSettings(
        ListenAddress at,
        long maxMessageSize,
        int maxHeadSize,
        Door door,
        Duration deadline,
        int instances,
        boolean logsCalls) {

    /** What fits into one buffer together with its frame. */
    private static final long LARGEST = Integer.MAX_VALUE - 64;

    public GrpcApiSettings {
        if (instances < 1) {
            throw new IllegalArgumentException("at least one instance");
        }
    }

    /** The limit on messages that is in force. */
    int messageLimit() {
        return (int) (maxMessageSize <= 0 ? LARGEST : Math.min(maxMessageSize, LARGEST));
    }
}
