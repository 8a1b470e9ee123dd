package io.sluice.http.listen;

import io.sluice.auth.access.Access;
import io.sluice.auth.access.Admission;
import io.sluice.auth.access.Presented;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.streams.ReadStream;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Asks who sent a request. Belongs to the event loop it is made on. */
public final class Doorkeeper {
    private static final String API_TOKEN = "dapr-api-token";
    private static final String AUTHORIZATION = "authorization";

    private final Access access;
    private final Context context;

    /** Asked once per connection: that a client has none is told by an exception. */
    private final Map<HttpConnection, Optional<X509Certificate>> certificates = new WeakHashMap<>();

    public Doorkeeper(Vertx vertx, Access access) {
        this.access = access;
        this.context = vertx.getOrCreateContext();
    }

    /** Whether there is no need to ask. */
    public boolean isOpen() {
        return access.isOpen();
    }

    /**
     * Asks, and keeps the request's stream back for as long as the answer takes.
     *
     * @param then called once, on this event loop, before anything of the stream comes in
     */
    public void admit(MultiMap headers, HttpConnection connection, ReadStream<?> request, Consumer<Admission> then) {
        var admission = access.admit(
                new Presented(headers.get(API_TOKEN), headers.get(AUTHORIZATION), certificate(connection)));
        if (admission.isComplete()) {
            then.accept(admission.result());
            return;
        }
        request.pause();
        admission.onSuccess(decided -> context.runOnContext(here -> {
            then.accept(decided);
            request.resume();
        }));
    }

    private @Nullable X509Certificate certificate(HttpConnection connection) {
        return access.readsCertificates() && connection.isSsl()
                ? certificates.computeIfAbsent(connection, Doorkeeper::shown).orElse(null)
                : null;
    }

    /** The listener trusts it: otherwise there would be no connection. */
    private static Optional<X509Certificate> shown(HttpConnection connection) {
        try {
            return connection.peerCertificates().stream()
                    .findFirst()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }
}
