package io.sluice.core.health;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * How far the gateway is on its way to serve, as Dapr's probes ask for it:
 *
 * <pre>
 *   outbound   the APIs listen, and each output binding was opened or has had its initTimeout
 *   all        and the gateway has started, the app has listened once, and each input binding has its first partitions,
 *              or is not wanted by the app, or has had its initTimeout since it could be asked for
 * </pre>
 *
 * Both stay true until the gateway stops: what fails later is told by {@link Health}, and probes of a dependency that
 * replicas share would take all of them out of service at once. Safe for use from any thread.
 */
public final class Startup {
    private static final String GATEWAY = "gateway";
    private static final String APP = "app";

    private final LongSupplier nanoTime;
    private final Map<String, AwaitedInput> inputs = new TreeMap<>();
    private final Set<String> unwanted = new HashSet<>();
    private Stage stage = Stage.STARTING;
    private boolean appAwaited;
    private long appListensSince;
    private volatile boolean over;

    /** How far the gateway itself is. */
    public enum Stage {
        STARTING,
        /** The APIs listen. */
        SERVING,
        /** Every part was started. */
        STARTED,
        STOPPING
    }

    /** @param since when the input could begin by itself; one for the app begins when that listens */
    private record AwaitedInput(Set<String> topics, Duration atMost, boolean forApp, long since) {}

    public Startup() {
        this(System::nanoTime);
    }

    Startup(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.appListensSince = nanoTime.getAsLong();
    }

    /** The gateway has come so far; from {@link Stage#STOPPING} there is no way back. */
    public synchronized void reached(Stage next) {
        if (stage != Stage.STOPPING) {
            stage = next;
        }
    }

    /** There is to be an app. */
    public synchronized void appAwaited() {
        appAwaited = true;
    }

    /** The app listens; where it goes from there is its own affair. */
    public synchronized void appListens() {
        if (appAwaited) {
            appAwaited = false;
            appListensSince = nanoTime.getAsLong();
        }
    }

    /**
     * A binding is about to consume.
     *
     * @param forApp whether it waits for the app
     * @param atMost how long it is waited for, from when it no more waits for the app
     */
    public synchronized void inputAwaited(String binding, Set<String> topics, boolean forApp, Duration atMost) {
        if (!over && !topics.isEmpty() && !unwanted.contains(binding)) {
            inputs.put(binding, new AwaitedInput(new HashSet<>(topics), atMost, forApp, nanoTime.getAsLong()));
        }
    }

    /** The binding has its partitions of the topic, though that be none of many members' few. */
    public void inputAssigned(String binding, String topic) {
        if (!over) {
            removeTopic(binding, topic);
        }
    }

    private synchronized void removeTopic(String binding, String topic) {
        AwaitedInput input = inputs.get(binding);
        if (input != null && input.topics().remove(topic) && input.topics().isEmpty()) {
            inputs.remove(binding);
        }
    }

    /** The app does not want the binding's records. It may have been asked before the binding is about to consume. */
    public synchronized void inputUnwanted(String binding) {
        inputs.remove(binding);
        unwanted.add(binding);
    }

    /** The binding is gone. */
    public synchronized void inputGone(String binding) {
        inputs.remove(binding);
        unwanted.remove(binding);
    }

    /** Whether output bindings can be called. */
    public synchronized boolean isServing() {
        return stage == Stage.SERVING || stage == Stage.STARTED;
    }

    /** What is waited for, in the order of the names; nothing from the first time on that it is nothing. */
    public synchronized Set<String> missing() {
        if (stage != Stage.STARTED) {
            return Set.of(GATEWAY);
        }
        if (over) {
            return Set.of();
        }
        Set<String> missing = new TreeSet<>();
        if (appAwaited) {
            missing.add(APP);
        }
        long now = nanoTime.getAsLong();
        inputs.forEach((binding, input) -> {
            if (isAwaited(input, now)) {
                missing.add("input:" + binding);
            }
        });
        over = missing.isEmpty();
        return missing;
    }

    private boolean isAwaited(AwaitedInput input, long now) {
        if (input.forApp() && appAwaited) {
            return true;
        }
        // Compared by differences: the clock's numbers mean nothing, and may be negative.
        long waited = now - input.since();
        long waitedOfApp = input.forApp() ? Math.min(waited, now - appListensSince) : waited;
        return waitedOfApp < input.atMost().toNanos();
    }
}
