package io.sluice.kafka.consume;

import java.time.Duration;

/**
 * Holds deliveries back after the process stood still for longer than a session (stopped, swapped out, a virtual machine
 * that was moved): its group may have given the partitions to others, who have delivered what waits here. Belongs to the
 * verticle's context, which looks at the clock at least once a second otherwise.
 *
 * <pre>{@code
 *   open ──► a gap of the clock longer than the session ──► closed, the group is asked ──► confirmed: open
 *                                                              ▲───────── each second ◄──┘ not confirmed
 * }</pre>
 */
final class StandstillFence {
    private static final long NEVER = -1;

    private final long session;
    private final Runnable ask;
    private long seen = NEVER;
    private boolean closed;
    private boolean asked;

    /** @param ask asks the group whether the member still has its partitions; {@link #answered} gets the answer */
    StandstillFence(Duration session, Runnable ask) {
        this.session = session.toMillis();
        this.ask = ask;
    }

    /** Whether records may be delivered. */
    boolean isOpen(long now) {
        closed |= seen != NEVER && now - seen > session;
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
