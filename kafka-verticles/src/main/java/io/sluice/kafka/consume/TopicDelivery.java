package io.sluice.kafka.consume;

import io.sluice.core.bus.Gathering;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Acknowledged;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.kafka.consume.courier.Courier;
import io.sluice.kafka.consume.failure.FailedRecord.Outcome;
import io.sluice.kafka.consume.poll.ConsumerPoller;
import io.sluice.kafka.consume.progress.Refusal.Exhausted;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the records of one topic's assigned partitions: what may go out goes out at the end of an event-loop tick, and
 * each result decides what its record needs next. Belongs to the verticle's context.
 *
 * <pre>{@code
 *   records, results, timers ──► pump ──► lanes ──► courier ──► result ──► acknowledged: settled
 *                                 ▲                               ├──────► refused:      a retry, or the last resort
 *                                 │                               ├──────► unreachable:  all wait until one was reached
 *                                 └───────────────────────────────┴──────► postponed:    its lane waits, likewise
 * }</pre>
 */
final class TopicDelivery {
    private static final Logger log = LoggerFactory.getLogger(TopicDelivery.class);
    private static final long POSTPONED_FOR = 1_000;
    /** Timers fire early by a rounding now and then. */
    private static final long LEAST_DELAY = 1;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NONE = -1;

    private final Context context;
    private final Input input;
    private final Courier courier;
    private final BooleanSupplier mayDeliver;
    private final Assignments assignments;
    private final ConsumerPoller poller;
    private final LastResort lastResort;
    private final Tap tap;
    private final DeliveryFailures failures = new DeliveryFailures();
    private final AnswerTimes answers = new AnswerTimes();
    private final Reachability reachability = new Reachability();
    private final FlightChoice choice;
    private boolean pumpScheduled;
    private boolean dispatching;
    private int inFlight;
    private int landed;
    private boolean stopped;
    private long timer = NONE;
    private long timerDue;

    TopicDelivery(
            Context context,
            Input input,
            Courier courier,
            BooleanSupplier mayDeliver,
            Assignments assignments,
            ConsumerPoller poller) {
        this.context = context;
        this.input = input;
        this.courier = courier;
        this.mayDeliver = mayDeliver;
        this.assignments = assignments;
        this.poller = poller;
        this.choice = new FlightChoice(assignments, reachability, this::landed);
        this.tap = new Tap(context.owner().eventBus(), input.name());
        this.lastResort = new LastResort(context, input, assignments.topic(), this::settled);
    }

    DeliveryFailures failures() {
        return failures;
    }

    AnswerTimes answers() {
        return answers;
    }

    /** Something changed: what can be delivered is, once for all changes of a tick. */
    void pump() {
        if (!pumpScheduled) {
            pumpScheduled = true;
            context.runOnContext(v -> {
                pumpScheduled = false;
                dispatch();
            });
        }
    }

    /** As {@link #pump}, but not only at the end of a tick that brings {@link Gathering enough} results. */
    private void pumpSoon() {
        landed++;
        // A courier may bring results before it returns: those wait, or they would pile up on the stack.
        if (landed >= Gathering.enough(inFlight) && !dispatching) {
            dispatch();
        } else {
            pump();
        }
    }

    private void dispatch() {
        if (stopped) {
            return;
        }
        landed = 0;
        dispatching = true;
        try {
            deliver();
        } catch (Throwable e) {
            // Records may be counted as in flight that are not; with the next consumer they come again.
            log.atError().addKeyValue("topic", assignments.topic()).setCause(e).log("records could not be delivered");
            poller.fail(e);
        } finally {
            dispatching = false;
        }
    }

    private void deliver() {
        long now = input.clock().getAsLong();
        long pause = reachability.pauseAt(now);
        if (pause > 0) {
            wakeUpIn(pause, now);
        } else if (mayDeliver.getAsBoolean()) {
            send(now);
        }
        commitIfDue();
        takeWhatHasRoom();
    }

    /** Commits if that is due, now or soon: it may be after results, and after a commit. */
    void commitIfDue() {
        long now = input.clock().getAsLong();
        assignments.commitIfDue(now).ifPresent(pause -> wakeUpIn(pause, now));
    }

    /** Lets partitions go on that were paused for want of room; it may come from elsewhere. */
    void takeWhatHasRoom() {
        if (assignments.updateFull()) {
            poller.wake();
        }
    }

    private void send(long now) {
        List<Flight> flights = choice.at(now);
        if (!flights.isEmpty()) {
            inFlight += flights.size();
            courier.send(flights);
        }
        choice.nextAt(now).ifPresent(time -> wakeUpIn(time - now, now));
    }

    private void wakeUpIn(long delay, long now) {
        long due = now + Math.max(LEAST_DELAY, delay);
        if (timer != NONE && timerDue <= due) {
            return;
        }
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
        }
        timerDue = due;
        timer = context.owner().setTimer(due - now, fired -> {
            timer = NONE;
            pump();
        });
    }

    private void landed(Flight flight, DeliveryResult result) {
        try {
            heed(flight, result);
        } catch (Throwable e) {
            // As above: without its result the record would be in flight for ever.
            poller.fail(e);
        }
    }

    private void heed(Flight flight, DeliveryResult result) {
        inFlight--;
        long now = input.clock().getAsLong();
        if (result instanceof Unreachable unreachable) {
            answers.ended(now);
            unreachable(flight, unreachable.reason(), now);
        } else if (result instanceof Postponed postponed) {
            answers.ended(now);
            failures.failed(postponed.reason(), now);
            reachability.notTried();
            flight.lane().postponed(flight.attempt(), postponed.reason(), now, now + POSTPONED_FOR);
        } else {
            reachability.reached();
            long nanos = System.nanoTime() - flight.startedAt();
            answers.answered(nanos / NANOS_PER_MILLI, now);
            input.metrics().delivered(result instanceof Acknowledged, nanos);
            if (result instanceof Refused refused) {
                failures.failed(refused.reason(), now);
                refused(flight, refused, now);
            } else if (acknowledged(flight)) {
                tap.settled(
                        flight.attempt().payload(),
                        "acknowledged",
                        flight.attempt().refusals() + 1);
            }
        }
        pumpSoon();
    }

    private void unreachable(Flight flight, String reason, long now) {
        if (flight.lane().isDraining()) {
            // It was not brought to the app any more, whether that is there or not.
            reachability.notTried();
            flight.lane().postponed(flight.attempt(), reason, now, now);
        } else {
            failures.failed(reason, now);
            flight.lane().postponed(flight.attempt(), reason, now, reachability.unreachable(now));
        }
    }

    private boolean acknowledged(Flight flight) {
        failures.end();
        return flight.lane().acknowledged(flight.attempt());
    }

    private void refused(Flight flight, Refused refused, long now) {
        if (flight.lane().refused(flight.attempt(), refused, now) instanceof Exhausted exhausted) {
            lastResort.exhausted(flight, exhausted.refusals(), refused);
        }
    }

    /** By the last resort. */
    private void settled(Flight flight, Outcome outcome) {
        tap.settled(flight.attempt().payload(), outcome.text(), flight.attempt().refusals());
        pump();
    }

    /** A blocked record was delivered after all. */
    boolean settleStanding(int partition, long offset) {
        boolean counts = assignments.settleStanding(partition, offset);
        if (counts) {
            lastResort.settledFromOutside();
        }
        pump();
        return counts;
    }

    /** Delivers nothing more; done when nothing is in flight, or after {@code limit}. */
    Future<Void> stop(Duration limit) {
        stopped = true;
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
        }
        return assignments.drain(limit);
    }
}
