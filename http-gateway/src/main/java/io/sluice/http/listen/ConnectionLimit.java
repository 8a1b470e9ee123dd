package io.sluice.http.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.sluice.http.FileHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections all listeners of a process may have together: so many that file handles are left for Kafka and the
 * app. When there are as many, one makes room for a new one: the one that waits longest to send the head of its first
 * request, or else one that has not been used for long and has no request open. When none can, the new one is closed.
 *
 * <pre>
 *   accepted ──► waiting ──► served
 *                   │           │
 *                   └─ eldest ──┴─ idle, unused for longest ──► closing ──► gone
 * </pre>
 *
 * <p>Safe for use from any thread.
 */
public final class ConnectionLimit {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);

    private static final long TELL_NANOS = Duration.ofMinutes(1).toNanos();

    /** Of a quarter of the heap, which is what one with its buffers costs. */
    private static final long HEAP_SHARE = 4;

    private static final long HEAP_EACH = 16 * 1024;
    private static final int LEAST = 16;
    /** Of those that make room, as many may be open still before accepting waits for them. */
    static final int BEHIND = 16;
    /** Netty takes so many out of the system's queue before it heeds that it should not. */
    private static final int AT_ONCE = 16;

    private final int most;
    private final Set<Channel> waiting = new LinkedHashSet<>();
    private final Set<Channel> served = new LinkedHashSet<>();
    private final Set<Channel> closing = new HashSet<>();
    private final List<Runnable> paused = new ArrayList<>();
    /** The clock by which connections note their last use. */
    private volatile long admissions;

    private int open;
    private long closed;
    private long lastTold = System.nanoTime() - TELL_NANOS;

    /** @param most connections at a time */
    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** Half of the file handles that the process has left, and no more than a quarter of the heap has room for. */
    public static ConnectionLimit ofProcess() {
        long byHeap = Runtime.getRuntime().maxMemory() / HEAP_SHARE / HEAP_EACH;
        return new ConnectionLimit(
                (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, Math.min(byHeap, FileHandles.left() / 2))));
    }

    /** How many connections were admitted so far. */
    long admissions() {
        return admissions;
    }

    /** Counts a connection that was accepted until it closes, or returns false when there is no room for it. */
    boolean admit(Channel connection) {
        var leaving = new ArrayList<Channel>();
        boolean room;
        synchronized (this) {
            room = makeRoom(leaving) && open < most + BEHIND + AT_ONCE;
            if (room) {
                open++;
                admissions++;
                waiting.add(connection);
            }
            if (!room || !leaving.isEmpty()) {
                tell();
            }
        }
        if (room) {
            connection.closeFuture().addListener(end -> gone(connection));
        }
        leaving.forEach(this::askToLeave);
        return room;
    }

    private boolean makeRoom(List<Channel> leaving) {
        while (open - closing.size() >= most) {
            var next = next();
            if (next == null) {
                return false;
            }
            closing.add(next);
            leaving.add(next);
        }
        return true;
    }

    private @Nullable Channel next() {
        var headless = waiting.iterator();
        if (headless.hasNext()) {
            var eldest = headless.next();
            headless.remove();
            return eldest;
        }
        return unused();
    }

    /** What is read here of other threads' is a guess: the event loop of the connection has the last word. */
    private @Nullable Channel unused() {
        Channel unused = null;
        long least = Long.MAX_VALUE;
        for (Channel candidate : served) {
            long lastUse = ConnectionUse.last(candidate);
            if (lastUse < least && !ConnectionUse.isAnswering(candidate)) {
                unused = candidate;
                least = lastUse;
            }
        }
        if (unused != null) {
            served.remove(unused);
        }
        return unused;
    }

    /**
     * On its event loop, where a request may be open for long, or have come in already and not be read yet: what is scheduled
     * there comes after the next look at the sockets.
     */
    private void askToLeave(Channel connection) {
        var loop = connection.eventLoop();
        loop.execute(() ->
                loop.schedule(() -> decide(connection), 0, TimeUnit.NANOSECONDS).addListener(decided -> {}));
    }

    private void decide(Channel connection) {
        if (ConnectionUse.isAnswering(connection)) {
            stays(connection);
        } else {
            connection.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    /** The connection has sent a head, and makes room for others only when it is idle. */
    synchronized void served(Channel connection) {
        if (waiting.remove(connection)) {
            served.add(connection);
        }
    }

    private void stays(Channel connection) {
        settle(() -> {
            if (closing.remove(connection)) {
                served.add(connection);
            }
        });
    }

    private void gone(Channel connection) {
        settle(() -> {
            open--;
            waiting.remove(connection);
            served.remove(connection);
            closing.remove(connection);
        });
    }

    private void settle(Runnable change) {
        List<Runnable> resumed = List.of();
        synchronized (this) {
            change.run();
            if (closing.size() < BEHIND && !paused.isEmpty()) {
                resumed = List.copyOf(paused);
                paused.clear();
            }
        }
        resumed.forEach(Runnable::run);
    }

    /** Runs {@code pause} if too many that have to make room are not closed yet, and {@code resume} once they are. */
    synchronized void pauseIfBehind(Runnable pause, Runnable resume) {
        if (closing.size() >= BEHIND) {
            pause.run();
            paused.add(resume);
        }
    }

    /** Once a minute at most. */
    private void tell() {
        closed++;
        long now = System.nanoTime();
        if (now - lastTold >= TELL_NANOS) {
            log.atWarn()
                    .addKeyValue("open", open)
                    .addKeyValue("limit", most)
                    .addKeyValue("closed", closed)
                    .log("too many connections: some are closed; raise the limit of open files (ulimit -n) or the heap"
                            + " if there are that many clients");
            lastTold = now;
            closed = 0;
        }
    }
}
