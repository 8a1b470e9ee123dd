package io.sluice.http.invoke;

import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.health.Overload;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one API hold of the memory for calls, as far as they came to one event loop. A call holds what it has
 * brought and what it costs beside that, from its beginning until it is settled. The calls of one connection together do not
 * hold more than is left for all others. Belongs to that event loop.
 */
public final class CallMemory {
    private final ByteBudget calls;
    private final Overload overload;
    private final Map<HttpConnection, Holder> connections = new IdentityHashMap<>();

    /**
     * @param calls that of all APIs
     * @param api whose calls these are, for the log
     */
    public CallMemory(ByteBudget calls, String api) {
        this.calls = calls;
        this.overload = new Overload("api", api);
    }

    /** A connection, or a call that has one for itself. */
    private static final class Holder {
        private long bytes;
    }

    /** What one call holds. */
    public final class Share {
        private final Holder holder;
        private final @Nullable HttpConnection connection;
        private long bytes;

        private Share(Holder holder, @Nullable HttpConnection connection) {
            this.holder = holder;
            this.connection = connection;
        }

        /** Reserves what a call costs that has brought {@code brought} bytes; as {@link #reserve}. */
        public boolean begin(long brought) {
            return reserve(HeapBudget.CALL + brought);
        }

        /** Reserves bytes until {@link #release}, or returns false and reserves nothing when the call is to be refused. */
        public boolean reserve(long more) {
            if (!calls.tryReserve(more, holder.bytes)) {
                overload.refused(System.nanoTime());
                return false;
            }
            if (overload.isLasting()) {
                overload.accepted(System.nanoTime());
            }
            if (connection != null && holder.bytes == 0) {
                connections.put(connection, holder);
            }
            bytes += more;
            holder.bytes += more;
            return true;
        }

        /** The call is settled; does nothing when that is known. */
        public void release() {
            calls.release(bytes);
            holder.bytes -= bytes;
            bytes = 0;
            if (connection != null && holder.bytes == 0) {
                connections.remove(connection, holder);
            }
        }
    }

    /** That of a call that begins; it holds nothing yet. */
    public Share of(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            // Its connection has no other call at a time.
            return new Share(new Holder(), null);
        }
        HttpConnection connection = request.connection();
        Holder known = connections.get(connection);
        return new Share(known == null ? new Holder() : known, connection);
    }
}
