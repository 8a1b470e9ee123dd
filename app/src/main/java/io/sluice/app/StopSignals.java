package io.sluice.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * SIGTERM and SIGINT, while open: the first asks for a clean stop, the second for an immediate one.
 *
 * <p>Not a shutdown hook: with one, the JVM has already begun to end, its exit code is the signal's number, and a second
 * signal is lost.
 */
@SuppressWarnings("sunapi") // sun.misc.Signal is in the supported module jdk.unsupported; there is no other way.
final class StopSignals implements AutoCloseable {
    private final Map<sun.misc.Signal, sun.misc.SignalHandler> previous;

    private StopSignals(Map<sun.misc.Signal, sun.misc.SignalHandler> previous) {
        this.previous = previous;
    }

    /** Both are called on a thread of the JVM's own. */
    static StopSignals handle(Runnable first, Runnable second) {
        var seen = new AtomicBoolean();
        sun.misc.SignalHandler handler = signal -> (seen.getAndSet(true) ? second : first).run();
        return new StopSignals(List.of("TERM", "INT").stream()
                .map(sun.misc.Signal::new)
                .collect(Collectors.toMap(signal -> signal, signal -> sun.misc.Signal.handle(signal, handler))));
    }

    /** Gives the signals back to whom they belonged. */
    @Override
    public void close() {
        previous.forEach(sun.misc.Signal::handle);
    }
}
