package io.sluice.http.deliver;

/** What is known of the other end of one connection. Not safe for use by several threads. */
final class Http2Peer {
    private final long pingPauseNanos;
    private int lastStream = Integer.MAX_VALUE;
    private boolean pinged;
    private long pingTime;
    private boolean answered;

    /** @param pingPauseNanos before it is pinged again without having been heard in between */
    Http2Peer(long pingPauseNanos) {
        this.pingPauseNanos = pingPauseNanos;
    }

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
        answered = true;
    }

    /** Whether it has answered any call. */
    boolean hasAnswered() {
        return answered;
    }

    /** Whether it should be pinged now; if so, that counts as done. */
    boolean isDueForPing(long nanoTime) {
        if (pinged && nanoTime - pingTime < pingPauseNanos) {
            return false;
        }
        pinged = true;
        pingTime = nanoTime;
        return true;
    }
}
