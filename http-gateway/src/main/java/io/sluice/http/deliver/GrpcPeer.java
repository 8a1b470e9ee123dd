package io.sluice.http.deliver;

import java.util.concurrent.TimeUnit;

/** What is known of the other end of one connection. Not safe for use by several threads. */
final class GrpcPeer {
    /** Servers of gRPC close connections that are pinged more often while they have nothing to say. */
    private static final long PING_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private int lastStream = Integer.MAX_VALUE;
    private boolean pinged;
    private long pingTime;

    /** It has said goodbye, and looks at no later stream. */
    void isLeaving(int lastStreamItLooksAt) {
        lastStream = lastStreamItLooksAt;
    }

    /** Whether it has said that it does not look at this stream. */
    boolean passesOver(int stream) {
        return stream > lastStream;
    }

    /** It has answered a call. */
    void isHeard() {
        pinged = false;
    }

    /** Whether it should be pinged now; if so, that counts as done. */
    boolean isDueForPing(long nanoTime) {
        if (pinged && nanoTime - pingTime < PING_PAUSE_NANOS) {
            return false;
        }
        pinged = true;
        pingTime = nanoTime;
        return true;
    }
}
