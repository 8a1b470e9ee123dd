package io.sluice.http.invoke;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Things that are waited for, each until the same time after it was added. Because that time is constant, the order of
 * arrival is the order of expiry and no heap or timer per entry is needed:
 *
 * <pre>
 *   add ──► [ 7 | 8 | 9 | 12 | 13 ] ──► expired(now) takes from the eldest side, up to the first that is still in time
 *                   │
 *                   └─ remove(id), in any order
 * </pre>
 *
 * <p>Memory is that of the entries that are still waited for. Not safe for use by several threads; the caller brings the
 * clock ({@link System#nanoTime()} or any other that never goes back).
 */
public final class Deadlines<T> {
    private final long limitNanos;
    private final Map<Long, Entry<T>> entries = new LinkedHashMap<>();
    private long lastId;

    private record Entry<T>(T value, long deadline) {}

    /** @param limitNanos how long each entry may stay */
    public Deadlines(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Adds an entry and returns its number, which is never used again. */
    public long add(T value, long nowNanos) {
        long id = ++lastId;
        entries.put(id, new Entry<>(value, nowNanos + limitNanos));
        return id;
    }

    /** Takes the entry out, or returns null if it is not there: taken before, expired or never added. */
    public @Nullable T remove(long id) {
        var entry = entries.remove(id);
        return entry == null ? null : entry.value();
    }

    /** How long the eldest entry may still stay; zero or less when it is over its time. There must be one. */
    public long nanosUntilDue(long nowNanos) {
        return entries.values().iterator().next().deadline() - nowNanos;
    }

    /** Takes out and returns what is over its time, eldest first. */
    public List<T> expired(long nowNanos) {
        var expired = new ArrayList<T>();
        for (var eldest = entries.values().iterator(); eldest.hasNext(); ) {
            var entry = eldest.next();
            if (nowNanos - entry.deadline() < 0) {
                break;
            }
            eldest.remove();
            expired.add(entry.value());
        }
        return expired;
    }

    /** Takes out and returns everything, eldest first. */
    public List<T> drain() {
        var all = entries.values().stream().map(Entry::value).toList();
        entries.clear();
        return all;
    }

    public int size() {
        return entries.size();
    }
}
