package io.sluice.http.deliver;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The other ends of the connections of one client of HTTP/2, with or without gRPC. Belongs to one context. */
final class Http2Peers {
    private static final int PING_BYTES = 8;
    private static final long REFUSED_STREAM = 0x7;
    /** Calls at a time on one connection that hardly an app does not take, until it says how many it takes. */
    private static final long STREAMS_UNTOLD = 4;

    private final Map<HttpConnection, Http2Peer> peers = new HashMap<>();
    private final Duration pingTimeout;
    private final Duration pingPause;
    private final LongConsumer streams;

    /**
     * @param pingTimeout how long a {@link #suspect} may take to prove that it is alive
     * @param pingPause before one that says nothing is pinged again
     * @param streams is told how many calls at a time the app takes on one connection, whenever it says so
     */
    Http2Peers(Duration pingTimeout, Duration pingPause, LongConsumer streams) {
        this.pingTimeout = pingTimeout;
        this.pingPause = pingPause;
        this.streams = streams;
        streams.accept(STREAMS_UNTOLD);
    }

    /**
     * Follows a connection from its begin. What the app says when it leaves is kept: an exception that comes of it cannot be
     * asked later.
     */
    void watch(HttpConnection connection) {
        var peer = new Http2Peer(pingPause.toNanos());
        peers.put(connection, peer);
        streams.accept(connection.remoteSettings().getMaxConcurrentStreams());
        AnswerFrames.check(connection);
        connection
                // Told to its calls; without a handler it would be logged as well.
                .exceptionHandler(broken -> {})
                .remoteSettingsHandler(changed -> streams.accept(changed.getMaxConcurrentStreams()))
                .goAwayHandler(goodbye -> peer.isLeaving(goodbye.getLastStreamId()))
                .closeHandler(gone -> peers.remove(connection));
    }

    /** Whether there is no connection that works. */
    boolean isEmpty() {
        return peers.isEmpty();
    }

    /** The app has begun to answer a call. */
    void heard(HttpConnection connection) {
        var peer = peers.get(connection);
        if (peer != null) {
            peer.isHeard();
        }
    }

    boolean hasAnswered(HttpConnection connection) {
        var peer = peers.get(connection);
        return peer != null && peer.hasAnswered();
    }

    /** Whether the app has said that it did not look at a call that failed, and never will (RFC 9113, 6.8 and 8.7). */
    boolean isUntouched(HttpClientRequest stream, Throwable cause) {
        if (cause instanceof StreamResetException reset) {
            return reset.getCode() == REFUSED_STREAM;
        }
        var peer = peers.get(stream.connection());
        return peer != null && peer.passesOver(stream.streamId());
    }

    /**
     * To be called when an answer is overdue. If the other end of the connection is gone without a word, or stands still,
     * the connection would swallow every record: without an answer to a ping it is closed.
     */
    void suspect(HttpConnection connection) {
        var peer = peers.get(connection);
        if (peer != null && peer.isDueForPing(System.nanoTime())) {
            connection
                    .ping(Buffer.buffer(new byte[PING_BYTES]))
                    .timeout(pingTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(silent -> {
                        // Before its calls fail: those that are repeated must not take it for one that works.
                        peers.remove(connection);
                        connection.close();
                    });
        }
    }
}
