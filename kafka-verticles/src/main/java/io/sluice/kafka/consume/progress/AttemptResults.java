package io.sluice.kafka.consume.progress;

import io.sluice.kafka.consume.progress.HeldRecord.State;
import io.sluice.kafka.consume.progress.Refusal.Exhausted;
import io.sluice.kafka.consume.progress.Refusal.RetryAt;
import io.sluice.kafka.consume.progress.Refusal.TooLate;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the result of an attempt does to its record: it leaves the window, waits for its next attempt, or stays. A result
 * counts for the newest attempt of a record that waits for it, until the assignment ends.
 *
 * <pre>{@code
 *   in flight ──► settled ────────────────────────────► gone
 *      ▲  │ └───► refused ──► exhausted ──► settled ──► gone
 *      │  └─► refused, postponed     └────► blocked ──► settled ──► gone
 *      └───────────┘ later
 * }</pre>
 */
final class AttemptResults<R> {
    private static final Set<State> IN_FLIGHT = Set.of(State.IN_FLIGHT);
    private static final Set<State> AWAITED = Set.of(State.IN_FLIGHT, State.EXHAUSTED);
    private static final Set<State> AWAITED_OR_BLOCKED = Set.of(State.IN_FLIGHT, State.EXHAUSTED, State.BLOCKED);

    private final RetrySchedule retries;
    private final PartitionWindow<R> window;
    private final KeyLanes<R> lanes;
    private boolean closed;

    AttemptResults(RetrySchedule retries, PartitionWindow<R> window, KeyLanes<R> lanes) {
        this.retries = retries;
        this.window = window;
        this.lanes = lanes;
    }

    /** From now on nothing counts. */
    void close() {
        closed = true;
    }

    boolean settled(Attempt<R> attempt) {
        HeldRecord<R> record = attempt.held();
        if (!isIn(attempt, AWAITED_OR_BLOCKED) || dropIfForgotten(record)) {
            return false;
        }
        window.settle(record);
        lanes.remove(record);
        return true;
    }

    Refusal refused(Attempt<R> attempt, long asked, long now) {
        HeldRecord<R> record = attempt.held();
        if (!isIn(attempt, IN_FLIGHT) || dropIfForgotten(record)) {
            return new TooLate();
        }
        OptionalLong longer = asked > 0 ? retries.pauseAsked(record.attempts(), asked) : OptionalLong.empty();
        if (longer.isPresent()) {
            return retry(record, now + longer.getAsLong());
        }
        record.refusedAt(now);
        OptionalLong pause = retries.pauseAfter(record.attempts(), now - record.firstFailureAt());
        if (pause.isEmpty()) {
            record.state = State.EXHAUSTED;
            record.since = now;
            return new Exhausted(record.attempts());
        }
        return retry(record, now + pause.getAsLong());
    }

    private Refusal retry(HeldRecord<R> record, long time) {
        lanes.retry(record, time, true);
        return new RetryAt(time);
    }

    boolean postponed(Attempt<R> attempt, long time) {
        if (!isIn(attempt, IN_FLIGHT) || dropIfForgotten(attempt.held())) {
            return false;
        }
        lanes.retry(attempt.held(), time, false);
        return true;
    }

    boolean blocked(Attempt<R> attempt, String reason, long now) {
        if (!isIn(attempt, AWAITED) || dropIfForgotten(attempt.held())) {
            return false;
        }
        lanes.block(attempt.held(), reason, now);
        return true;
    }

    private boolean isIn(Attempt<R> attempt, Set<State> states) {
        return !closed && attempt.isCurrent() && states.contains(attempt.held().state);
    }

    /** The result of a record that left the log only frees its lane. */
    private boolean dropIfForgotten(HeldRecord<R> record) {
        if (record.forgotten) {
            lanes.remove(record);
        }
        return record.forgotten;
    }
}
