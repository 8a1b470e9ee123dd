package io.sluice.core.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of each part of the gateway that can fail by itself, written by that part and read by the API.
 *
 * <p>Safe for use from any thread.
 */
public final class Health {
    private final Map<String, Status> targets = new ConcurrentHashMap<>();

    /**
     * What is known of one target.
     *
     * @param outbound whether output bindings need it; a target that is not outbound (the app, input) does not count for
     *     {@code /v1.0/healthz/outbound}
     * @param detail why it is not ready, in words an operator can act on; empty when ready
     */
    public record Status(boolean ready, boolean outbound, String detail) {}

    /** The target works. */
    public void ready(String target, boolean outbound) {
        targets.put(target, new Status(true, outbound, ""));
    }

    /** The target does not work, because of {@code detail}. */
    public void notReady(String target, boolean outbound, String detail) {
        targets.put(target, new Status(false, outbound, detail));
    }

    /** The target is gone and counts no more. */
    public void remove(String target) {
        targets.remove(target);
    }

    /** All targets by name, in the order of their names. */
    public Map<String, Status> targets() {
        return new TreeMap<>(targets);
    }
}
