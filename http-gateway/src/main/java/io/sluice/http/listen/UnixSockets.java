package io.sluice.http.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of Unix domain sockets, which outlive a process that was killed. Blocks on the file system. */
final class UnixSockets {
    private UnixSockets() {}

    /** Makes way for a socket at {@code file}; fails when another process listens there, or when it is no socket. */
    static void makeWay(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        if (Files.isRegularFile(file) || Files.isDirectory(file)) {
            throw new BindException(file + " is not a socket");
        }
        if (hasListener(file)) {
            throw new BindException(file + " is in use");
        }
        Files.delete(file);
    }

    static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    private static boolean hasListener(Path file) {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            return connection.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
