package io.sluice.kafka.schema.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that were found, and for a moment those that were not. Bounded; who was not asked for longest makes room. Times
 * are nanoseconds of this process. Safe for use from any thread.
 *
 * <pre>{@code
 *   found ─────── fresh ───────┬── expired: to be looked up again ──► found
 *                    ▲         │
 *                    └─ a pause, each twice as long ◄─ that failed, the old one goes on
 * }</pre>
 */
final class SchemaCache {
    private static final int CAPACITY = 1_000;
    private static final long REMEMBER_FAILURE = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final long ttl;
    private final LongSupplier clock;
    private final Map<SchemaKey, Entry> found = bounded();
    private final Map<SchemaKey, Missing> missing = bounded();

    private static final class Entry {
        final WriterSchema schema;
        long freshUntil;
        long pause = FIRST_PAUSE;

        Entry(WriterSchema schema, long freshUntil) {
            this.schema = schema;
            this.freshUntil = freshUntil;
        }
    }

    private record Missing(LookupFailure failure, long until) {}

    /** @param ttl nanoseconds for which a schema whose key is not lasting is fresh */
    SchemaCache(long ttl, LongSupplier clock) {
        this.ttl = ttl;
        this.clock = clock;
    }

    private static <V> Map<SchemaKey, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SchemaKey, V> eldest) {
                return size() > CAPACITY;
            }
        };
    }

    long now() {
        return clock.getAsLong();
    }

    /** The schema, if it may be used without asking the registry. */
    synchronized @Nullable WriterSchema fresh(SchemaKey key) {
        Entry entry = found.get(key);
        return entry != null && (key.isLasting() || entry.freshUntil - now() > 0) ? entry.schema : null;
    }

    /** The schema, however old. */
    synchronized @Nullable WriterSchema any(SchemaKey key) {
        Entry entry = found.get(key);
        return entry == null ? null : entry.schema;
    }

    /** Why there was no schema a moment ago; null when that is to be tried (again). */
    synchronized @Nullable LookupFailure failure(SchemaKey key) {
        Missing entry = missing.get(key);
        return entry != null && entry.until - now() > 0 ? entry.failure : null;
    }

    /** @param askedAt when the registry was asked: what it says may be as old as that */
    synchronized void put(SchemaKey key, WriterSchema schema, long askedAt) {
        missing.remove(key);
        found.put(key, new Entry(schema, askedAt + ttl));
    }

    synchronized void putFailure(SchemaKey key, LookupFailure failure) {
        missing.put(key, new Missing(failure, now() + REMEMBER_FAILURE));
    }

    /** A schema that could not be looked up again is good for a while longer. */
    synchronized void extend(SchemaKey key) {
        Entry entry = found.get(key);
        if (entry != null && entry.freshUntil - now() <= 0) {
            entry.freshUntil = now() + entry.pause;
            entry.pause = Math.min(LONGEST_PAUSE, entry.pause * 2);
        }
    }
}
