package io.sluice.app.telemetry;

import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections that a page is on its way on. Each holds a page in memory until it is read, so there are few: the one
 * that takes longest to read its page is closed for a new one. Safe for use from any thread.
 */
final class MetricsReaders {
    static final int MOST = 16;

    private final Set<HttpConnection> reading = new LinkedHashSet<>();

    void begin(HttpConnection connection) {
        HttpConnection slowest = null;
        synchronized (this) {
            if (reading.size() >= MOST) {
                slowest = reading.iterator().next();
                reading.remove(slowest);
            }
            reading.add(connection);
        }
        if (slowest != null) {
            slowest.close().onFailure(goneAlready -> {});
        }
    }

    synchronized void end(HttpConnection connection) {
        reading.remove(connection);
    }
}
