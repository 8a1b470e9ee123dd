package io.sluice.http.deliver;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * At most so many calls at once; those that wait are let in in the order they came. Not safe for use by several threads.
 */
final class CallLimiter {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final int limit;
    private int free;
    private boolean admitting;

    CallLimiter(int limit) {
        this.limit = limit;
        this.free = limit;
    }

    /** How many calls are in. */
    int inside() {
        return limit - free;
    }

    /** Whether calls are being let in right now, some of which may end as soon as they begin. */
    boolean isAdmitting() {
        return admitting;
    }

    /** Runs {@code call} now or when its turn comes; it must {@link #release()} once, when it has ended. */
    void enter(Runnable call) {
        waiting.add(call);
        admit();
    }

    /** Ends a call; the next one takes its place. */
    void release() {
        free++;
        admit();
    }

    /** A loop and no recursion: calls may end as soon as they begin, thousands in a row. */
    private void admit() {
        if (admitting) {
            return;
        }
        admitting = true;
        try {
            while (free > 0 && !waiting.isEmpty()) {
                free--;
                waiting.remove().run();
            }
        } finally {
            admitting = false;
        }
    }
}
