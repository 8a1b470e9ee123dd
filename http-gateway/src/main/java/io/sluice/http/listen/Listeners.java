package io.sluice.http.listen;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of one event loop, one for each address and all on one port.
 *
 * <p>Belongs to the event loop it is used on.
 */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    /** How long HTTP/2 clients have to hear that no more requests are wanted, while those on their way are served. */
    private static final long NOTICE_MILLIS = 100;

    private static final long NO_ERROR = 0;

    private final Vertx vertx;
    private final HttpServerOptions options;
    private final @Nullable ListenerTls tls;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Set<HttpConnection> connections = new HashSet<>();
    private final Consumer<ServerSSLOptions> renew = this::renew;

    /** @param tls null for plain text */
    public Listeners(Vertx vertx, HttpServerOptions options, @Nullable ListenerTls tls) {
        this.vertx = vertx;
        this.options = options;
        this.tls = tls;
    }

    /**
     * Listens on all addresses. The first picks the port if it is to be picked, the others take the same.
     *
     * @param at as {@link ListenAddress#shared} gave it
     * @return fails when an address cannot be bound; what is open by then is closed by {@link #shutdown}, or with the
     *     verticle
     */
    public Future<?> open(ListenAddress at, Handler<HttpServerRequest> handler) {
        if (tls != null) {
            secure(tls.options());
            tls.onChange(renew);
        }
        if (at.socket() != null) {
            return server(handler)
                    .listen(SocketAddress.domainSocketAddress(at.socket().toString()))
                    .onSuccess(servers::add);
        }
        Future<?> listening = Future.succeededFuture();
        for (var host : at.hosts()) {
            listening = listening.compose(previous -> server(handler)
                    .listen(servers.isEmpty() ? at.port() : port(), host)
                    .onSuccess(servers::add));
        }
        return listening;
    }

    /** The port that was bound; means nothing on a Unix domain socket. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** Stops accepting, waits at most {@code patience} for requests that are in progress, and closes. */
    public Future<?> shutdown(Duration patience) {
        if (tls != null) {
            tls.forget(renew);
        }
        long end = System.nanoTime() + patience.toNanos();
        return giveNotice()
                .compose(noticed -> Future.join(servers.stream()
                        .map(server -> server.shutdown(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS))
                        .toList()));
    }

    /**
     * The first half of an HTTP/2 connection's graceful end (RFC 9113, 6.8): a GOAWAY that cuts no request off. Without
     * it, requests would cross with the end of the connection, and the reset that meets them can destroy answers that the
     * client has not read yet.
     */
    private Future<Void> giveNotice() {
        long noticed =
                List.copyOf(connections).stream().filter(Listeners::goAway).count();
        return noticed == 0
                ? Future.succeededFuture()
                : vertx.timer(NOTICE_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
    }

    /** Whether the connection has a way to say so; HTTP/1.1 has none and needs none, having one request at a time. */
    private static boolean goAway(HttpConnection connection) {
        try {
            connection.goAway(NO_ERROR, Integer.MAX_VALUE);
            return true;
        } catch (UnsupportedOperationException http1) {
            return false;
        }
    }

    private HttpServer server(Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer(options).requestHandler(handler).connectionHandler(this::remember);
    }

    private void secure(ServerSSLOptions ssl) {
        options.setSsl(true)
                .setKeyCertOptions(ssl.getKeyCertOptions())
                .setTrustOptions(ssl.getTrustOptions())
                .setClientAuth(ssl.getClientAuth())
                .setUseAlpn(ssl.isUseAlpn())
                .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols());
    }

    /** On a worker thread. */
    private void renew(ServerSSLOptions changed) {
        servers.forEach(server -> server.updateSSLOptions(changed)
                .onFailure(cause -> log.atWarn().setCause(cause).log("a listener keeps its old certificate")));
    }

    private void remember(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }
}
