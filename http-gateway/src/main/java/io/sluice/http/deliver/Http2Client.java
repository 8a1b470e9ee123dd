package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Streams on connections of HTTP/2. What accepts a connection and then says nothing would hold its place in Vert.x's pool for
 * ever: after a time without any connection that works, everything begins anew. Belongs to one context.
 */
final class Http2Client {
    private final AppAddress app;
    private final Http2Peers peers;
    private final Supplier<HttpClient> builder;
    private HttpClient client;
    private boolean closed;

    /** @param builder makes clients whose connections {@code peers} follows */
    Http2Client(AppChannelSettings settings, Http2Peers peers, Supplier<HttpClient> builder) {
        this.app = new AppAddress(settings);
        this.peers = peers;
        this.builder = builder;
        this.client = builder.get();
    }

    /**
     * A stream for one request.
     *
     * @param patience milliseconds to wait for a stream on a connection that works
     * @param silence milliseconds to wait for the first connection that works
     * @return fails when the app cannot be reached
     */
    Future<HttpClientRequest> open(UnaryOperator<RequestOptions> request, long patience, long silence) {
        HttpClient asked = client;
        long limit = peers.isEmpty() ? Math.min(patience, silence) : patience;
        return app.reach(address ->
                        asked.request(request.apply(app.request(address)).setConnectTimeout(limit)))
                // Told by the futures; without a handler it would be logged as well.
                .onSuccess(stream -> stream.exceptionHandler(broken -> {}))
                .onFailure(cause -> {
                    if (cause instanceof TimeoutException && peers.isEmpty()) {
                        beginAnew(asked);
                    }
                });
    }

    private void beginAnew(HttpClient silent) {
        if (silent == client && !closed) {
            client = builder.get();
            silent.close().onFailure(alreadyGone -> {});
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Breaks what is in flight. */
    Future<Void> close() {
        closed = true;
        return client.close();
    }
}
