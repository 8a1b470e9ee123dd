package io.sluice.core.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The state of each part of the gateway that can fail by itself, written by that part and read by the API and by metrics;
 * and how far the gateway's {@link #startup} is. The two are apart: what fails later takes nothing back that has started.
 *
 * <p>Safe for use from any thread.
 */
public final class Health {
    private final InstantSource clock;
    private final Startup startup = new Startup();
    private final Map<String, Status> targets = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /**
     * What is known of one target.
     *
     * @param outbound whether output bindings need it
     * @param detail why it is not ready, in words an operator can act on; empty when ready
     * @param since when it became ready, or stopped to be, whatever {@code detail} has said meanwhile
     */
    public record Status(boolean ready, boolean outbound, String detail, Instant since) {}

    /** Hears which targets there are; called on the thread that reports, must not block. */
    public interface Listener {
        void appeared(String target);

        void gone(String target);
    }

    public Health() {
        this(InstantSource.system());
    }

    Health(InstantSource clock) {
        this.clock = clock;
    }

    /** What probes wait for. */
    public Startup startup() {
        return startup;
    }

    /** The target works. */
    public void ready(String target, boolean outbound) {
        put(target, true, outbound, "");
    }

    /** The target does not work, because of {@code detail}. */
    public void notReady(String target, boolean outbound, String detail) {
        put(target, false, outbound, detail);
    }

    private synchronized void put(String target, boolean ready, boolean outbound, String detail) {
        Status before = targets.get(target);
        Instant since = before != null && before.ready() == ready ? before.since() : clock.instant();
        targets.put(target, new Status(ready, outbound, detail, since));
        if (before == null) {
            listeners.forEach(listener -> listener.appeared(target));
        }
    }

    /** The target is gone and counts no more. */
    public synchronized void remove(String target) {
        if (targets.remove(target) != null) {
            listeners.forEach(listener -> listener.gone(target));
        }
    }

    /** Tells of all targets that there are, and from now on of each that comes or goes. */
    public synchronized void follow(Listener listener) {
        listeners.add(listener);
        targets.keySet().forEach(listener::appeared);
    }

    /** Whether there is such a target and it works. */
    public boolean isReady(String target) {
        Status status = targets.get(target);
        return status != null && status.ready();
    }

    /** All targets by name, in the order of their names. */
    public Map<String, Status> targets() {
        return new TreeMap<>(targets);
    }
}
