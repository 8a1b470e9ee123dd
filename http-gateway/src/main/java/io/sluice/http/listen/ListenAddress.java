package io.sluice.http.listen;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where an API listens: on one port of several addresses, or on a Unix domain socket.
 *
 * @param hosts names or addresses, at least one unless there is a socket
 * @param port the same on every address; 0 picks a free one
 * @param socket the socket's file, null for addresses
 */
public record ListenAddress(
        List<String> hosts, int port, @Nullable Path socket) {
    public ListenAddress {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() && socket == null) {
            throw new IllegalArgumentException("at least one host, or a socket");
        }
    }

    public static ListenAddress tcp(List<String> hosts, int port) {
        return new ListenAddress(hosts, port, null);
    }

    public static ListenAddress unix(Path socket) {
        return new ListenAddress(List.of(), 0, socket);
    }

    /**
     * What every event loop is to listen on so that all of them share one free port.
     *
     * <p>Vert.x binds a free port for a negative number, and shares it among the servers that listen on the same number
     * and host. The number is random so that two APIs in one Vert.x do not share.
     */
    public ListenAddress shared() {
        return port == 0 && socket == null
                ? tcp(hosts, -ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE))
                : this;
    }

    /** To be done before anything listens there: a process that was killed leaves its socket's file. */
    public Future<Void> prepare(Vertx vertx) {
        return onSocket(vertx, UnixSockets::makeWay);
    }

    /** To be done when nothing listens there any more. */
    public Future<Void> cleanUp(Vertx vertx) {
        return onSocket(vertx, UnixSockets::remove);
    }

    private Future<Void> onSocket(Vertx vertx, FileStep step) {
        var file = socket;
        return file == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                            step.run(file);
                            return file;
                        })
                        .mapEmpty();
    }

    private interface FileStep {
        void run(Path file) throws IOException;
    }
}
