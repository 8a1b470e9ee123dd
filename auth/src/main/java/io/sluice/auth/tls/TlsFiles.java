package io.sluice.auth.tls;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The certificates and the key of one end of a connection, as their files hold them at the moment. Whoever starts a
 * connection, or wants to know whether something changed, asks for {@link #current()}.
 *
 * <p>It compares what the files hold, not their times: a file that is replaced, overwritten, or reached through a link
 * that is swapped (as Kubernetes does) is noticed alike. Files that are half written, damaged or do not fit together leave
 * the former material in place until they are whole; that is logged once.
 *
 * <p>Safe for use from any thread but an event loop: it reads files.
 */
public final class TlsFiles {
    private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);

    private final @Nullable PemSource trusted;
    private final @Nullable PemIdentity own;

    private @Nullable TlsMaterial material;
    private @Nullable Texts texts;
    private @Nullable String complaint;

    /** What the material was made from. */
    private record Texts(
            @Nullable PemText trusted, @Nullable IdentityText own) {}

    /**
     * @param trusted certificates of those to trust, null for the system's
     * @param own our own certificate, null without
     */
    public TlsFiles(@Nullable PemSource trusted, @Nullable PemIdentity own) {
        this.trusted = trusted;
        this.own = own;
    }

    /**
     * The newest material that could be used: the same object as before unless something changed.
     *
     * @throws PemException when there was never any
     */
    public synchronized TlsMaterial current() {
        try {
            Texts now = read();
            TlsMaterial newest = material;
            if (newest == null || !now.equals(texts)) {
                newest = changed(now);
            }
            complaint = null;
            return newest;
        } catch (PemException e) {
            return former(e);
        }
    }

    private TlsMaterial changed(Texts now) {
        TlsMaterial fresh = material(now);
        if (material != null) {
            tell(fresh.end());
        }
        material = fresh;
        texts = now;
        return fresh;
    }

    private void tell(@Nullable Instant end) {
        LoggingEventBuilder line = log.atInfo().addKeyValue("files", files());
        (end == null ? line : line.addKeyValue("until", end)).log("certificates changed; new connections use them");
    }

    private TlsMaterial former(PemException why) {
        TlsMaterial former = material;
        if (former == null) {
            throw why;
        }
        if (!Objects.equals(complaint, why.getMessage())) {
            complaint = why.getMessage();
            log.atWarn()
                    .addKeyValue("field", why.source().field())
                    .addKeyValue("reason", why.getMessage())
                    .log("certificates changed and cannot be used; the former ones stay in use");
        }
        return former;
    }

    private Texts read() {
        return new Texts(trusted == null ? null : trusted.read(), own == null ? null : own.read());
    }

    private static TlsMaterial material(Texts from) {
        return new TlsMaterial(
                from.own() == null ? null : MaterialReader.keyManager(from.own()),
                from.trusted() == null ? null : MaterialReader.trustManager(from.trusted()));
    }

    private String files() {
        return Stream.of(trusted, own == null ? null : own.certificates(), own == null ? null : own.key())
                .filter(source -> source != null && source.isFile())
                .map(PemSource::toString)
                .collect(Collectors.joining(", "));
    }
}
