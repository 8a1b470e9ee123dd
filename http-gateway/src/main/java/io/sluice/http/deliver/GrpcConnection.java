package io.sluice.http.deliver;

import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Unary calls of the app's gRPC services, all on one connection of HTTP/2, which is kept. Calls that the app allows no
 * streams for wait for one. Why not vertx-grpc's client: {@code docs/adr/0017}.
 *
 * <p>Belongs to one context.
 */
final class GrpcConnection {
    /** That is kept; as in gRPC's own clients. */
    static final int LONGEST_ANSWER = 4 * 1024 * 1024;

    private static final String CONTENT_TYPE = "application/grpc";
    private static final String TIMEOUT = "grpc-timeout";
    /** Milliseconds to wait for the stream of a call without a limit. */
    private static final long STREAM_WITHIN = 60_000;

    private static final String TE = "te";
    private static final String TRAILERS = "trailers";
    /** Servers of gRPC close connections that are pinged more often while they have nothing to say. */
    private static final Duration PING_PAUSE = Duration.ofMinutes(5);

    private static final byte[] NOTHING = {};

    private final Http2Client client;
    private final ProtocolHint hint;
    private final @Nullable Secret token;
    private final Http2Peers peers;
    private final long silence;

    /**
     * @param pingTimeout how long a {@link Http2Peers#suspect suspect} may take to prove that it is alive
     * @param places is told how many calls at a time the app takes, whenever it says so
     */
    GrpcConnection(Vertx vertx, AppChannelSettings settings, Duration pingTimeout, LongConsumer places) {
        this.peers = new Http2Peers(pingTimeout, PING_PAUSE, places);
        this.client = new Http2Client(settings, peers, () -> vertx.httpClientBuilder()
                .with(options(settings))
                .withConnectHandler(peers::watch)
                .build());
        this.hint = new ProtocolHint(settings);
        this.silence = pingTimeout.toMillis();
        this.token = settings.appToken();
    }

    private static HttpClientOptions options(AppChannelSettings settings) {
        return AppConnections.http2(settings).setUseAlpn(settings.isTls());
    }

    /**
     * A stream for one call, with the headers that every call has.
     *
     * @param timeout how long the call may take, which the app is told, and how long to wait for the stream; zero for no
     *     limit of the call
     * @return fails when the app cannot be reached or does not speak HTTP/2
     */
    Future<HttpClientRequest> open(String path, Duration timeout) {
        // Composed, as headers that are not allowed throw, and so does a client that is closed.
        return Future.succeededFuture(timeout)
                .map(this::headers)
                .compose(headers -> client.open(
                        request ->
                                request.setMethod(HttpMethod.POST).setURI(path).setHeaders(headers),
                        timeout.isZero() ? STREAM_WITHIN : Math.max(1, timeout.toMillis()),
                        silence))
                .compose(stream ->
                        stream.version() == HttpVersion.HTTP_2 ? Future.succeededFuture(stream) : refuse(stream));
    }

    private MultiMap headers(Duration timeout) {
        var wire = new WireHeaders(false);
        wire.putText(DeliveryHead.CONTENT_TYPE, CONTENT_TYPE);
        wire.putText(TE, TRAILERS);
        if (!timeout.isZero()) {
            wire.putText(TIMEOUT, GrpcTimeout.of(timeout));
        }
        if (token != null) {
            wire.putText(DeliveryHead.TOKEN, token.reveal());
        }
        var headers = HttpHeaders.headers();
        wire.forEach(headers::add);
        return headers;
    }

    private static Future<HttpClientRequest> refuse(HttpClientRequest stream) {
        stream.reset();
        return Future.failedFuture(new VertxException("the app does not speak HTTP/2", true));
    }

    /**
     * Makes the call.
     *
     * @param stream of {@link #open}
     * @return whatever the app answers; fails when there is no whole answer
     */
    Future<GrpcAnswer> call(HttpClientRequest stream, byte[] message) {
        return stream.setChunked(true).send(GrpcAnswer.frame(message)).compose(head -> read(stream, head));
    }

    private Future<GrpcAnswer> read(HttpClientRequest stream, HttpClientResponse response) {
        peers.heard(stream.connection());
        Promise<GrpcAnswer> answer = Promise.promise();
        var body = new Body();
        response.handler(body::add)
                .exceptionHandler(answer::tryFail)
                .endHandler(end -> tell(answer, response, body.whole));
        return answer.future();
    }

    /** What has come of an answer, which is read to its end for its status. */
    private static final class Body {
        private @Nullable Buffer whole = Buffer.buffer();

        private void add(Buffer piece) {
            if (whole != null) {
                whole = whole.length() + piece.length() > LONGEST_ANSWER ? null : whole.appendBuffer(piece);
            }
        }
    }

    /** A call whose answer cannot be made sense of must not stay open. */
    private void tell(Promise<GrpcAnswer> answer, HttpClientResponse response, @Nullable Buffer body) {
        try {
            var given = GrpcAnswer.of(response, body);
            hint.answered();
            answer.tryComplete(given);
        } catch (RuntimeException defect) {
            answer.tryFail(defect);
        }
    }

    /** A call without a message, for which nobody but the caller waits. */
    Future<GrpcAnswer> ask(String path, Duration timeout) {
        return open(path, timeout).compose(stream -> call(stream, NOTHING)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> cancel(stream)));
    }

    /** Tells the app that nobody waits for its answer any more. */
    static void cancel(HttpClientRequest stream) {
        stream.reset(GrpcError.CANCELLED.http2ResetCode);
    }

    /** Puts what went wrong into words. */
    ProtocolHint hint() {
        return hint;
    }

    Http2Peers peers() {
        return peers;
    }

    boolean isClosed() {
        return client.isClosed();
    }

    /** Breaks what is in flight. */
    Future<Void> close() {
        return client.close();
    }
}
