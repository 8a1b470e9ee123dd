package io.sluice.http.listen;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections all listeners of a process may have together: so many that file handles are left for Kafka and the
 * app. When there are as many, the one that waits longest to send the head of its first request makes room for a new one;
 * when none does, the new one is closed.
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

    private final int most;
    private final Set<Channel> waiting = new LinkedHashSet<>();
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
        long byHandles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()) / 2
                : byHeap;
        return new ConnectionLimit((int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, Math.min(byHeap, byHandles))));
    }

    /** Counts a connection that was accepted until it closes, or returns false when there is no room for it. */
    boolean admit(Channel connection) {
        Channel eldest = null;
        boolean full;
        synchronized (this) {
            full = open >= most;
            if (full) {
                var candidates = waiting.iterator();
                if (!candidates.hasNext()) {
                    tell();
                    return false;
                }
                eldest = candidates.next();
                candidates.remove();
                tell();
            }
            open++;
            waiting.add(connection);
        }
        connection.closeFuture().addListener(end -> gone(connection));
        if (eldest != null) {
            eldest.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
        return true;
    }

    /** The connection has sent a head, and does not make room for others any more. */
    synchronized void served(Channel connection) {
        waiting.remove(connection);
    }

    private synchronized void gone(Channel connection) {
        open--;
        waiting.remove(connection);
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
