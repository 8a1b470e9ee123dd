package io.sluice.http.deliver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * At most so many calls at once, in fair shares: a place that is free goes to the lane that has the fewest calls in, and a
 * part of the places is left for lanes that have none, so that a slow binding holds up no quick one. Within a lane calls are
 * let in in the order they came. Not safe for use by several threads.
 *
 * <pre>
 *   slow   ▓▓▓▓▓▓▓▓▓▓▓▓  waiting: 4,000        limit 16: lanes that have calls in take 12,
 *   quick  ·             ◄── finds a place     4 are left for those that have none
 * </pre>
 */
final class CallLimiter {
    /** Of the places, at most one in so many is left free; none where there are fewer. */
    private static final int LEFT_FREE = 4;

    private final List<Lane> lanes = new ArrayList<>();
    private final int most;
    private int limit;
    private int free;
    private int waiting;
    private int idle;
    private long admissions;
    private boolean admitting;

    CallLimiter(int most) {
        this.most = most;
        this.limit = most;
        this.free = most;
    }

    /** How many calls are let in at once if the app takes as many. */
    int most() {
        return most;
    }

    /**
     * How many calls the app takes at a time. More would wait behind each other for a stream of HTTP/2, in the order in which
     * they came and not in fair shares. Those that are in stay.
     */
    void appTakes(long calls) {
        int before = limit;
        limit = (int) Math.max(1, Math.min(most, calls));
        free += limit - before;
        admit();
    }

    /** How many calls are in. */
    int inside() {
        return limit - free;
    }

    /** Whether calls are being let in right now, some of which may end as soon as they begin. */
    boolean isAdmitting() {
        return admitting;
    }

    /** The calls of one binding. */
    Lane lane() {
        var lane = new Lane();
        lanes.add(lane);
        idle++;
        return lane;
    }

    /** A loop and no recursion: calls may end as soon as they begin, thousands in a row. */
    private void admit() {
        if (admitting) {
            return;
        }
        admitting = true;
        try {
            for (Lane next = next(); next != null; next = next()) {
                next.admitFirst();
            }
        } finally {
            admitting = false;
        }
    }

    private @Nullable Lane next() {
        if (waiting == 0 || free <= 0) {
            return null;
        }
        Lane fewest = null;
        for (Lane lane : lanes) {
            if (!lane.calls.isEmpty() && (fewest == null || lane.isBefore(fewest))) {
                fewest = lane;
            }
        }
        return fewest != null && (fewest.inside == 0 || free > leftFree()) ? fewest : null;
    }

    private int leftFree() {
        return Math.min(idle, limit / LEFT_FREE);
    }

    /** The calls of one binding. */
    final class Lane {
        private final Queue<Runnable> calls = new ArrayDeque<>();
        private int inside;
        private long lastAdmission;
        private boolean closed;

        /** Runs {@code call} now or when its turn comes; it must {@link #release()} once, when it has ended. */
        void enter(Runnable call) {
            calls.add(call);
            waiting++;
            if (closed) {
                admitFirst();
            } else {
                admit();
            }
        }

        private boolean isBefore(Lane other) {
            return inside < other.inside || inside == other.inside && lastAdmission < other.lastAdmission;
        }

        private void admitFirst() {
            lastAdmission = ++admissions;
            if (inside == 0 && !closed) {
                idle--;
            }
            inside++;
            free--;
            waiting--;
            calls.remove().run();
        }

        /** Ends a call; the next one takes its place. */
        void release() {
            inside--;
            free++;
            if (inside == 0 && !closed) {
                idle++;
            }
            admit();
        }

        /** Lets in what still waits, beyond the limit: it must end at once. */
        void close() {
            if (closed) {
                return;
            }
            closed = true;
            lanes.remove(this);
            if (inside == 0) {
                idle--;
            }
            while (!calls.isEmpty()) {
                admitFirst();
            }
        }
    }
}
