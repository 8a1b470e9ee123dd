package io.sluice.dev.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of 127.0.0.1. */
public final class Ports {
    /** Below what Linux, macOS and Windows give away by themselves. */
    private static final int LAST = 32_000;

    private static final int FIRST = 15_000;
    private static final int MOST_TRIES = 1_000;

    private Ports() {}

    /** Whether nobody listens on {@code port} at this moment. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    /**
     * As many different ports as asked for, free at this moment, and none that the system gives to connections and to
     * servers that do not ask for a certain one: only a program that asks for just that port may still be quicker to take it.
     */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int tries = 0; held.size() < count; tries++) {
                tryPort(ThreadLocalRandom.current().nextInt(FIRST, LAST), tries < MOST_TRIES, held);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void tryPort(int port, boolean more, List<ServerSocket> held) throws IOException {
        try {
            held.add(bind(port));
        } catch (IOException inUse) {
            if (!more) {
                throw inUse;
            }
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // As Kafka does: connections of a former broker that linger in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(BrokerNode.HOST), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
