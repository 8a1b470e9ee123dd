package io.sluice.http.listen;

import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS material of all listeners, as its files have it. New connections get what the files say; those that are open
 * stay as they are. Files that cannot be used leave everything as it is, with one warning.
 *
 * <p>The files are read every two seconds, not watched: that also sees what mounts and swapped links bring, on every file
 * system, and costs less than a millisecond.
 *
 * <p>Safe for use from any thread.
 */
public final class ListenerTls {
    private static final Logger log = LoggerFactory.getLogger(ListenerTls.class);

    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final TlsSettings settings;
    private final List<Consumer<ServerSSLOptions>> listeners = new CopyOnWriteArrayList<>();
    private volatile TlsMaterial material;
    private String reported = "";

    private ListenerTls(TlsSettings settings, TlsMaterial material) {
        this.settings = settings;
        this.material = material;
    }

    /** Whether the files can be used; blocks. */
    public static void check(TlsSettings settings) throws InvalidTlsException {
        TlsMaterial.load(settings);
    }

    /** Reads the files; blocks. */
    public static ListenerTls load(TlsSettings settings) throws InvalidTlsException {
        var tls = new ListenerTls(settings, TlsMaterial.load(settings));
        tls.warnOfEnd();
        return tls;
    }

    /**
     * Reads the files again and again, on a worker thread.
     *
     * @return stops it
     */
    public Runnable follow(Vertx vertx) {
        var stopped = new AtomicBoolean();
        followUntil(stopped, vertx);
        return () -> stopped.set(true);
    }

    /** Each time after the last one has ended: a file system that hangs gets one reader, not one every two seconds. */
    private void followUntil(AtomicBoolean stopped, Vertx vertx) {
        vertx.setTimer(PERIOD.toMillis(), due -> {
            if (!stopped.get()) {
                vertx.executeBlocking(this::reload, false).onComplete(ended -> followUntil(stopped, vertx));
            }
        });
    }

    /** What a listener that opens now has to show. */
    ServerSSLOptions options() {
        return material.options();
    }

    /** Tells {@code listener} of every change, on a worker thread. */
    void onChange(Consumer<ServerSSLOptions> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<ServerSSLOptions> listener) {
        listeners.remove(listener);
    }

    /** Reads the files once; blocks. Says whether they have changed and can be used. */
    synchronized boolean reload() {
        try {
            var read = TlsMaterial.load(settings);
            reported = "";
            boolean changed = !read.equals(material);
            if (changed) {
                renew(read);
            }
            return changed;
        } catch (InvalidTlsException e) {
            report(e.getMessage());
            return false;
        }
    }

    private void renew(TlsMaterial read) {
        material = read;
        listeners.forEach(listener -> listener.accept(read.options()));
        log.atInfo().addKeyValue("until", read.end()).log("the listeners have a new certificate");
        warnOfEnd();
    }

    private void report(String problem) {
        if (!problem.equals(reported)) {
            reported = problem;
            log.atWarn()
                    .addKeyValue("problem", problem)
                    .log("TLS files cannot be used, the listeners keep what they have");
        }
    }

    private void warnOfEnd() {
        if (material.end().isBefore(Instant.now())) {
            log.atWarn()
                    .addKeyValue("file", settings.certificate())
                    .addKeyValue("until", material.end())
                    .log("the listeners' certificate has expired");
        }
    }
}
