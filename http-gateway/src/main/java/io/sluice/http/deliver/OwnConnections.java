package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections of HTTP/1.1, each for one request at a time. The one that was used last is used next, so that what is not
 * needed any more gets old and is closed.
 *
 * <pre>
 *   open ──► idle, newest first ──► exchange ──► ended, the app keeps it open ──► idle
 *      │ none idle                     ▲  └────► abandoned, or the app closes it ──► gone
 *      ├─ room: connect ───────────────┤
 *      └─ wait for one that is free ───┘
 * </pre>
 */
final class OwnConnections implements AppConnections {
    private static final long SWEEP_MILLIS = 5_000;
    private static final long NO_TIMER = -1;
    private static final Throwable CLOSED = new VertxException("the gateway is stopping", true);

    private final Vertx vertx;
    private final NetClient client;
    private final AppAddress app;
    private final ProtocolHint hint;
    private final AppChannelSettings settings;
    private final int size;
    /** The first lines of requests. */
    private final Map<Target, byte[]> starts = new HashMap<>();

    private final Deque<Line> idle = new ArrayDeque<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Set<Line> open = new HashSet<>();
    private int lines;
    private long sweeper = NO_TIMER;
    private boolean closed;

    private record Call(Target target, Opening opening) {}

    private record Target(HttpMethod method, String path) {}

    OwnConnections(Vertx vertx, AppChannelSettings settings, int size) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(
                AppConnections.reaching(settings, new NetClientOptions().setHostnameVerificationAlgorithm("")));
        this.app = new AppAddress(settings);
        this.hint = new ProtocolHint(settings);
        this.settings = settings;
        this.size = size;
    }

    @Override
    public void open(HttpMethod method, String path, Opening opening) {
        var call = new Call(new Target(method, path), opening);
        Line line = fresh();
        if (line != null) {
            line.begin(call);
        } else if (closed) {
            opening.away(CLOSED);
        } else if (lines < size) {
            connect(call);
        } else {
            waiting.add(call);
        }
    }

    private @Nullable Line fresh() {
        long now = System.nanoTime();
        Line line = idle.pollLast();
        while (line != null && line.isStale(now)) {
            line.connection.close();
            line = idle.pollLast();
        }
        return line;
    }

    @Override
    public ProtocolHint hint() {
        return hint;
    }

    @Override
    public boolean areShared() {
        return false;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Future<Void> close() {
        closed = true;
        stopSweeping();
        idle.clear();
        for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
            call.opening.away(CLOSED);
        }
        List.copyOf(open).forEach(line -> line.connection.close());
        return client.close();
    }

    private void connect(Call call) {
        lines++;
        app.reach(client::connect).onComplete(socket -> new Line(socket).begin(call), cause -> {
            lines--;
            call.opening.away(cause);
            replace();
        });
    }

    private void free(Line line) {
        Call next = waiting.poll();
        if (next != null) {
            line.begin(next);
        } else {
            idle.addLast(line);
            sweepLater();
        }
    }

    /** A connection is gone: whoever waits may open another. */
    private void replace() {
        Call next = waiting.poll();
        if (next != null) {
            connect(next);
        }
    }

    private void sweepLater() {
        if (sweeper == NO_TIMER) {
            sweeper = vertx.setPeriodic(SWEEP_MILLIS, fired -> sweep());
        }
    }

    /** Closes what is too old; the oldest are at the front. */
    private void sweep() {
        long now = System.nanoTime();
        for (Line line = idle.peekFirst(); line != null && line.isStale(now); line = idle.peekFirst()) {
            idle.removeFirst();
            line.connection.close();
        }
        if (idle.isEmpty()) {
            stopSweeping();
        }
    }

    private void stopSweeping() {
        if (sweeper != NO_TIMER) {
            vertx.cancelTimer(sweeper);
            sweeper = NO_TIMER;
        }
    }

    private byte[] start(Target target) {
        return starts.computeIfAbsent(
                target, unknown -> RequestBytes.start(target.method.name(), target.path, settings.authority()));
    }

    /** One connection. */
    private final class Line implements Http1Connection.Owner {
        private final Http1Connection connection;
        private boolean gone;
        private long staleAt;

        Line(NetSocket socket) {
            connection = Http1Connection.over(socket, settings.maxHeadBytes(), this);
            open.add(this);
        }

        void begin(Call call) {
            call.opening.opened(new OwnExchange(connection, start(call.target)));
        }

        boolean isStale(long now) {
            return now - staleAt >= 0;
        }

        @Override
        public void free(long nanos) {
            if (nanos > 0 && !gone) {
                staleAt = System.nanoTime() + nanos;
                OwnConnections.this.free(this);
            } else {
                connection.close();
            }
        }

        @Override
        public void gone() {
            gone = true;
            lines--;
            open.remove(this);
            idle.remove(this);
            replace();
        }
    }

    private static final class OwnExchange implements Exchange {
        private final Http1Connection connection;
        private final byte[] start;

        OwnExchange(Http1Connection connection, byte[] start) {
            this.connection = connection;
            this.start = start;
        }

        @Override
        public boolean isOnKeptConnection() {
            return connection.hasAnswered();
        }

        @Override
        public void send(WireHeaders headers, byte @Nullable [] body, Answer answer) {
            connection.send(start, headers, body, answer);
        }

        @Override
        public void abandon() {
            connection.abandon();
        }
    }
}
