package io.sluice.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection with at most one request under way. */
final class Connection implements AutoCloseable {
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final SocketChannel channel;
    private final RequestTemplate template;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
    private int id;
    private long intendedAt;

    private Connection(SocketChannel channel, RequestTemplate template) {
        this.channel = channel;
        this.template = template;
        this.request = template.newBuffer();
    }

    /** Connects, blocking, and registers for reading. */
    static Connection open(InetSocketAddress target, RequestTemplate template, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(target);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        var connection = new Connection(channel, template);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    void send(int requestId, long intended) throws IOException {
        id = requestId;
        intendedAt = intended;
        template.fill(request, requestId);
        // A few hundred bytes into an empty socket buffer: the first write takes them all.
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** The status if the answer is complete, 0 if not. */
    int receive() throws IOException {
        if (channel.read(answer) < 0) {
            throw new IOException("the program under test closed a connection");
        }
        int status = HttpAnswer.statusIfWhole(answer.array(), answer.position());
        if (status != 0) {
            answer.clear();
        } else if (!answer.hasRemaining()) {
            throw new IOException("an answer larger than " + LARGEST_ANSWER + " bytes");
        }
        return status;
    }

    int id() {
        return id;
    }

    long intendedAt() {
        return intendedAt;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
