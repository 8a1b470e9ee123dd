package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings.Tls;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The transport security of the clients there are: those with equal settings share it, and so the certificates that a file
 * held before it was damaged, and the one complaint about that. Safe for use from any thread.
 */
final class TlsInUse {
    private final Map<Tls, WeakReference<ClientTls>> inUse = new HashMap<>();

    /** The one in use with the settings of {@code fresh}, else {@code fresh}. */
    synchronized ClientTls like(ClientTls fresh) {
        // What no client has any more goes, and the key in its settings with it.
        inUse.values().removeIf(client -> client.get() == null);
        WeakReference<ClientTls> known = inUse.get(fresh.settings());
        ClientTls shared = known == null ? null : known.get();
        if (shared == null) {
            inUse.put(fresh.settings(), new WeakReference<>(fresh));
            return fresh;
        }
        return shared;
    }
}
