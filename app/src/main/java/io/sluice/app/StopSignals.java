package io.sluice.app;

import java.io.File;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM, SIGINT and SIGHUP, while open: the first asks for a clean stop, the second for an immediate one. A SIGHUP that
 * the process was started to ignore ({@code nohup}) stays ignored.
 *
 * <p>Not a shutdown hook: with one, the JVM has already begun to end, its exit code is the signal's number, and a second
 * signal is lost. {@code sun.misc.Signal} is supported (module {@code jdk.unsupported}, JEP 260), but javac warns of it in a
 * way that cannot be switched off, so it is called by name.
 */
final class StopSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private final Method handle;
    private final Map<Object, Object> previous = new LinkedHashMap<>();

    private StopSignals(Method handle) {
        this.handle = handle;
    }

    /** Both are called on a thread of the JVM's own. */
    static StopSignals handle(Runnable first, Runnable second) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            var signals = new StopSignals(signal.getMethod("handle", signal, handler));
            Object ours = handler(handler, first, second);
            Object ignored = handler.getField("SIG_IGN").get(null);
            for (String name : NAMES) {
                if (exists(name)) {
                    signals.set(signal.getConstructor(String.class).newInstance(name), ours, ignored);
                }
            }
            return signals;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM lets no program handle signals", e);
        }
    }

    /** Gives the signals back to whom they belonged. */
    @Override
    public void close() {
        try {
            for (Map.Entry<Object, Object> entry : previous.entrySet()) {
                handle.invoke(null, entry.getKey(), entry.getValue());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean exists(String name) {
        return !name.equals("HUP") || File.separatorChar == '/';
    }

    private void set(Object signal, Object handler, Object ignored) throws ReflectiveOperationException {
        Object before = handle.invoke(null, signal, handler);
        if (before.equals(ignored)) {
            handle.invoke(null, signal, ignored);
        } else {
            previous.put(signal, before);
        }
    }

    private static Object handler(Class<?> type, Runnable first, Runnable second) {
        var seen = new AtomicBoolean();
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            (seen.getAndSet(true) ? second : first).run();
            return null;
        });
    }
}
