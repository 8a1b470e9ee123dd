package io.sluice.http.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Java's own sockets, as Vert.x uses them anyway, but each connection to a server of HTTP is counted, and watched for the
 * heads of its requests: Vert.x shows a connection only after the first.
 *
 * <p>Safe for use from any thread.
 */
public final class GuardedTransport implements Transport {
    private final Sockets sockets;

    private GuardedTransport(Sockets sockets) {
        this.sockets = sockets;
    }

    /** For a Vert.x whose servers share {@code limit}. */
    public static GuardedTransport of(ConnectionLimit limit) {
        return new GuardedTransport(new Sockets(new AcceptHandler(limit)));
    }

    @Override
    public String name() {
        return NIO.name();
    }

    @Override
    public boolean available() {
        return NIO.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return NIO.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return sockets;
    }

    private static final class Sockets extends NioTransport {
        private final AcceptHandler acceptHandler;

        Sockets(AcceptHandler acceptHandler) {
            this.acceptHandler = acceptHandler;
        }

        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            super.configure(options, domainSocket, bootstrap);
            if (options instanceof HttpServerOptions) {
                bootstrap.handler(acceptHandler);
            }
        }
    }
}
