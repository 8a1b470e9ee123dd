package io.sluice.http.listen;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
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
     * The port to give to every event loop's {@link #open} for {@code asked}, which is 0 for a free one.
     *
     * <p>Vert.x binds a free port for a negative number, and shares it among the servers that listen on the same number
     * and host. The number is random so that two APIs in one Vert.x do not share.
     */
    public static int shared(int asked) {
        return asked == 0 ? -ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : asked;
    }

    /**
     * Listens on all addresses. The first picks the port if it is to be picked, the others take the same.
     *
     * @param port as {@link #shared} gave it
     * @return fails when an address cannot be bound; what is open by then is closed by {@link #shutdown}, or with the
     *     verticle
     */
    public Future<?> open(List<String> addresses, int port, Handler<HttpServerRequest> handler) {
        if (tls != null) {
            secure(tls.options());
            tls.onChange(renew);
        }
        Future<?> listening = Future.succeededFuture();
        for (var address : addresses) {
            listening = listening.compose(previous -> open(address, port, handler));
        }
        return listening;
    }

    /** The port that was bound. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** Stops accepting, waits at most {@code patience} for requests that are in progress, and closes. */
    public Future<?> shutdown(Duration patience) {
        if (tls != null) {
            tls.forget(renew);
        }
        return giveNotice()
                .compose(noticed -> Future.join(servers.stream()
                        .map(server -> server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS))
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

    private Future<HttpServer> open(String address, int port, Handler<HttpServerRequest> handler) {
        var server = vertx.createHttpServer(options).requestHandler(handler).connectionHandler(this::remember);
        return server.listen(servers.isEmpty() ? port : port(), address).onSuccess(servers::add);
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
