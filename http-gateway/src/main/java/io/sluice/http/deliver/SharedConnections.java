package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Connections of HTTP/2, each for as many requests as the app allows: Vert.x's pool. */
final class SharedConnections implements AppConnections {
    private static final Throwable NO_STATUS = new VertxException("its status is none of HTTP", true);
    private static final int MAX_CONNECTIONS = 8;
    /** Milliseconds to wait for a stream while the app takes no more. */
    private static final long STREAM_WITHIN = 60_000;

    private final Http2Client client;
    private final ProtocolHint hint;
    private final Http2Peers peers;
    private final long silence;

    /**
     * @param pingTimeout how long a connection may take to prove that it is alive
     * @param places is told how many requests at a time the app takes on all of them, whenever it says so
     */
    SharedConnections(Vertx vertx, AppChannelSettings settings, int size, Duration pingTimeout, LongConsumer places) {
        int connections = Math.min(size, MAX_CONNECTIONS);
        this.peers = new Http2Peers(pingTimeout, Duration.ZERO, each -> places.accept(each * connections));
        var pool = new PoolOptions().setHttp2MaxSize(connections);
        this.client = new Http2Client(settings, peers, () -> vertx.httpClientBuilder()
                .with(AppConnections.http2(settings))
                .with(pool)
                .withConnectHandler(peers::watch)
                .build());
        this.hint = new ProtocolHint(settings);
        this.silence = pingTimeout.toMillis();
    }

    @Override
    public void open(HttpMethod method, String path, Opening opening) {
        client.open(request -> request.setMethod(method).setURI(path), STREAM_WITHIN, silence)
                .map(Stream::new)
                .onComplete(opening::opened, opening::away);
    }

    @Override
    public ProtocolHint hint() {
        return hint;
    }

    @Override
    public boolean areShared() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return client.isClosed();
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    private final class Stream implements Exchange {
        private final HttpClientRequest request;
        private boolean over;

        Stream(HttpClientRequest request) {
            this.request = request;
        }

        @Override
        public boolean isOnKeptConnection() {
            return peers.hasAnswered(request.connection());
        }

        @Override
        public void send(WireHeaders headers, byte @Nullable [] body, Answer answer) {
            headers.forEach(request::putHeader);
            (body == null ? request.send() : request.send(Buffer.buffer(body)))
                    .onComplete(response -> read(response, answer), cause -> broken(cause, answer));
        }

        private void read(HttpClientResponse response, Answer answer) {
            peers.heard(request.connection());
            if (over) {
                return;
            }
            if (!AppAnswer.isFinal(response.statusCode())) {
                request.reset();
                broken(NO_STATUS, answer);
                return;
            }
            answer.head(response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER));
            if (over) {
                return;
            }
            answer.unfinished();
            response.handler(piece -> {
                        if (!over) {
                            answer.piece(piece);
                        }
                    })
                    .exceptionHandler(cause -> broken(cause, answer))
                    .endHandler(end -> {
                        if (!over) {
                            over = true;
                            answer.end();
                        }
                    });
        }

        private void broken(Throwable cause, Answer answer) {
            if (!over) {
                over = true;
                answer.broken(cause);
            }
        }

        @Override
        public boolean isUntouched(Throwable cause) {
            return peers.isUntouched(request, cause);
        }

        @Override
        public void suspect() {
            peers.suspect(request.connection());
        }

        @Override
        public void abandon() {
            over = true;
            request.reset();
        }
    }
}
