package io.sluice.kafka.consume;

import java.time.Duration;

/**
 * Holds deliveries back after the process stood still for as long as its membership may have ended meanwhile (stopped,
 * swapped out, a virtual machine that was moved): its group may have given the partitions to others, who have delivered what
 * waits here. The verticle's context looks at the clock at least once a second; what waits for its turn elsewhere asks on its
 * own thread.
 *
 * <pre>{@code
 *   open ──► a gap of the clock too long for the session ──► closed, the group is asked ──► confirmed: open
 *                                                               ▲───────── each second ◄──┘ not confirmed
 * }</pre>
 *
 * <p>Safe for use from any thread.
 */
final class StandstillFence {
    private static final long NEVER = -1;

    private final long longest;
    private final Runnable ask;
    /** Written after {@link #closed}, so that who sees a new time sees what came of it. */
    private volatile long seen = NEVER;

    private volatile boolean closed;
    private volatile boolean asked;

    /**
     * @param session after which a member that says nothing is none
     * @param heartbeat the longest time that may have passed since its last word when the process stops
     * @param ask asks the group whether the member still has its partitions, on any thread; {@link #answered} gets the answer
     */
    StandstillFence(Duration session, Duration heartbeat, Runnable ask) {
        this.longest = session.minus(heartbeat).toMillis();
        this.ask = ask;
    }

    /** Whether records may be delivered. */
    boolean isOpen(long now) {
        long before = seen;
        if (before != NEVER && now - before > longest) {
            closed = true;
        }
        seen = now;
        if (closed && !asked) {
            asked = true;
            ask.run();
        }
        return !closed;
    }

    /** The clock goes on. */
    void look(long now) {
        var unused = isOpen(now);
    }

    /** When the group does not confirm, it is asked again at the next look. */
    void answered(boolean confirmed) {
        asked = false;
        closed = !confirmed;
    }
}
