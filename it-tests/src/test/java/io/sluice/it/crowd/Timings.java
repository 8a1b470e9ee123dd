package io.sluice.it.crowd;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long things took. Safe for use from any thread. */
final class Timings {
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long took) {
        nanos.add(took);
    }

    void clear() {
        nanos.clear();
    }

    int count() {
        return nanos.size();
    }

    /** What {@code percent} of them took at most; zero for none. */
    Duration at(double percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int index = (int) Math.ceil(sorted.length * percent / 100) - 1;
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[Math.max(0, index)]);
    }

    @Override
    public String toString() {
        return count() + " times, ms at 50/99/100 %: " + at(50).toMillis() + "/" + at(99).toMillis() + "/"
                + at(100).toMillis();
    }
}
