package io.sluice.http.deliver;

import io.netty.channel.ChannelOption;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.Cell.Moment;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An app that says bytes of its own, which no library would, as often as its {@link Cell} has it, and behaves otherwise.
 *
 * @param <P> its end of a connection, where a request is answered
 */
abstract class RawApp<P> implements AutoCloseable {
    private static final long SLOW_MILLIS = 400;

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Vertx vertx;
    private final Cell<P> cell;
    private final AtomicInteger connections = new AtomicInteger();
    private final NetServer server;
    private int left;
    private int toBehave;

    /** A request that has come as a whole, or its head if that is all that comes. */
    record Seen(int connection, String body) {}

    RawApp(Vertx vertx, Cell<P> cell) {
        this.vertx = vertx;
        this.cell = cell;
        this.left = cell.plays();
        this.toBehave = cell.onKept() ? 1 : 0;
        this.server = vertx.createNetServer().connectHandler(socket -> {
            socket.exceptionHandler(reset -> {});
            accept(socket, connections.incrementAndGet());
        });
        Waiting.get(server.listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    abstract void accept(NetSocket socket, int number);

    /** As an app that acknowledges. */
    abstract void behave(P peer);

    boolean plays(Moment moment) {
        return cell.moment() == moment && left > 0;
    }

    void connected(P peer) {
        if (plays(Moment.CONNECT)) {
            left--;
            cell.script().accept(peer);
        }
    }

    /** @return whether that was all that is looked at of the request */
    boolean headCame(int connection, P peer) {
        if (!plays(Moment.HEAD)) {
            return false;
        }
        left--;
        seen.add(new Seen(connection, "record-1"));
        cell.script().accept(peer);
        return true;
    }

    void requestCame(int connection, Buffer body, P peer) {
        var text = body.toString(StandardCharsets.ISO_8859_1);
        seen.add(new Seen(connection, text));
        if (toBehave > 0) {
            toBehave--;
            behave(peer);
        } else if (plays(Moment.REQUEST)) {
            left--;
            cell.script().accept(peer);
        } else if (text.contains("slow")) {
            vertx.setTimer(SLOW_MILLIS, later -> behave(peer));
        } else {
            behave(peer);
        }
    }

    /** The requests of a record, in their order. */
    List<Seen> of(String record) {
        return seen.stream().filter(request -> request.body().contains(record)).toList();
    }

    static void reset(NetSocket socket) {
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    @Override
    public void close() {
        Waiting.get(server.close());
    }
}
