package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
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
    private final HttpClientAgent client;
    private final int size;
    private final Deque<Line> idle = new ArrayDeque<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int lines;
    private long sweeper = NO_TIMER;
    private boolean closed;

    private record Call(RequestOptions options, Opening opening) {}

    OwnConnections(Vertx vertx, AppChannelSettings settings, int size) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(AppConnections.options(settings));
        this.size = size;
    }

    @Override
    public void open(RequestOptions options, Opening opening) {
        Line line = fresh();
        if (line != null) {
            line.begin(options, opening);
        } else if (closed) {
            opening.away(CLOSED);
        } else if (lines < size) {
            connect(new Call(options, opening));
        } else {
            waiting.add(new Call(options, opening));
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
        return client.close();
    }

    private void connect(Call call) {
        lines++;
        client.connect(new HttpConnectOptions())
                .onComplete(connection -> new Line(connection).begin(call.options, call.opening), cause -> {
                    lines--;
                    call.opening.away(cause);
                    replace();
                });
    }

    private void free(Line line) {
        Call next = waiting.poll();
        if (next != null) {
            line.begin(next.options, next.opening);
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

    /** One connection. */
    private final class Line {
        private final HttpClientConnection connection;
        private boolean answered;
        private boolean gone;
        private long staleAt;

        Line(HttpClientConnection connection) {
            this.connection = connection;
            connection.closeHandler(closing -> {
                gone = true;
                lines--;
                idle.remove(this);
                replace();
            });
        }

        void begin(RequestOptions options, Opening opening) {
            connection.request(options).onComplete(request -> opening.opened(new OwnExchange(this, request)), cause -> {
                connection.close();
                opening.away(cause);
            });
        }

        boolean isStale(long now) {
            return now - staleAt >= 0;
        }

        void end(HttpClientResponse response) {
            if (gone) {
                return;
            }
            long keep = Persistence.nanosAfter(response);
            if (keep > 0) {
                staleAt = System.nanoTime() + keep;
                free(this);
            } else {
                connection.close();
            }
        }
    }

    private static final class OwnExchange implements Exchange {
        private final Line line;
        private final HttpClientRequest request;
        private boolean over;

        OwnExchange(Line line, HttpClientRequest request) {
            this.line = line;
            this.request = request;
        }

        @Override
        public HttpClientRequest request() {
            return request;
        }

        @Override
        public boolean isOnKeptConnection() {
            return line.answered;
        }

        @Override
        public void answered() {
            line.answered = true;
        }

        @Override
        public void ended(HttpClientResponse response) {
            if (!over) {
                over = true;
                line.end(response);
            }
        }

        @Override
        public void abandon() {
            if (!over) {
                over = true;
                request.reset();
                line.connection.close();
            }
        }
    }
}
