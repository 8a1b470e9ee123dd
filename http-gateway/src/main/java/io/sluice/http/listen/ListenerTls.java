package io.sluice.http.listen;

import io.sluice.auth.tls.PemException;
import io.sluice.auth.tls.TlsFiles;
import io.sluice.auth.tls.TlsMaterial;
import io.sluice.core.time.Rounds;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS material of all listeners, as its files have it. New connections get what the files say; those that are open
 * stay as they are. Files that cannot be used leave everything as it is, with one warning ({@link TlsFiles}).
 *
 * <p>The files are read every two seconds, not watched: that also sees what mounts and swapped links bring, on every file
 * system, and costs less than a millisecond.
 *
 * <p>Safe for use from any thread.
 */
public final class ListenerTls {
    private static final Logger log = LoggerFactory.getLogger(ListenerTls.class);

    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** A file system that hangs gets one reader for long, not one every two seconds. */
    private static final Duration LONGEST_READ = Duration.ofHours(1);

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private final TlsSettings settings;
    private final TlsFiles files;
    private final List<Consumer<ServerSSLOptions>> listeners = new CopyOnWriteArrayList<>();
    private TlsMaterial material;
    // The same object for all listeners of a port: by its identity Vert.x knows that there is one change, not several.
    private volatile ServerSSLOptions options;

    private ListenerTls(TlsSettings settings, TlsFiles files, TlsMaterial material) {
        this.settings = settings;
        this.files = files;
        this.material = material;
        this.options = options(material, settings.clientRequired());
    }

    /** Whether the files can be used; blocks. */
    public static void check(TlsSettings settings) throws InvalidTlsException {
        first(settings.files());
    }

    /** Reads the files; blocks. */
    public static ListenerTls load(TlsSettings settings) throws InvalidTlsException {
        TlsFiles files = settings.files();
        var tls = new ListenerTls(settings, files, first(files));
        tls.warnOfEnd();
        return tls;
    }

    private static TlsMaterial first(TlsFiles files) throws InvalidTlsException {
        try {
            return files.current();
        } catch (PemException e) {
            throw InvalidTlsException.of(e);
        }
    }

    /**
     * Reads the files again and again, on a worker thread.
     *
     * @return stops it
     */
    public Runnable follow(Vertx vertx) {
        var rounds = new Rounds(
                vertx.getOrCreateContext(),
                "reading the listeners' TLS files",
                LONGEST_READ,
                () -> vertx.executeBlocking(this::reload, false).map(PERIOD));
        rounds.start();
        return rounds::stop;
    }

    /** What a listener that opens now has to show. */
    ServerSSLOptions options() {
        return options;
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
        TlsMaterial read = files.current();
        if (read.equals(material)) {
            return false;
        }
        material = read;
        options = options(read, settings.clientRequired());
        listeners.forEach(listener -> listener.accept(options));
        warnOfEnd();
        return true;
    }

    /** For a listener of HTTP/1.1 and HTTP/2. */
    private static ServerSSLOptions options(TlsMaterial from, boolean clientRequired) {
        var made = new ServerSSLOptions().setUseAlpn(true).setEnabledSecureTransportProtocols(PROTOCOLS);
        if (from.keyManager() != null) {
            made.setKeyCertOptions(KeyCertOptions.wrap(from.keyManager()));
        }
        if (from.trustManager() != null) {
            made.setClientAuth(clientRequired ? ClientAuth.REQUIRED : ClientAuth.REQUEST)
                    .setTrustOptions(TrustOptions.wrap(from.trustManager()));
        }
        return made;
    }

    private void warnOfEnd() {
        Instant end = material.end();
        if (end != null && end.isBefore(Instant.now())) {
            log.atWarn()
                    .addKeyValue("file", settings.certificate())
                    .addKeyValue("until", end)
                    .log("the listeners' certificate has expired");
        }
    }
}
