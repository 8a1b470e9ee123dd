package io.sluice.kafka.consume;

import io.sluice.core.message.DeliveryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Which records of one topic go out now: all that their lanes let go and, while the app is away, as few as
 * {@link Reachability} allows, of another partition each time. Belongs to the verticle's context.
 */
final class FlightChoice {
    private final Assignments assignments;
    private final Reachability reachability;
    private final BiConsumer<Flight, DeliveryResult> landing;
    private OptionalLong nextRetryAt = OptionalLong.empty();

    /** @param landing gets the results */
    FlightChoice(Assignments assignments, Reachability reachability, BiConsumer<Flight, DeliveryResult> landing) {
        this.assignments = assignments;
        this.reachability = reachability;
        this.landing = landing;
    }

    /** To be sent, all of them. */
    List<Flight> at(long now) {
        int room = reachability.room(now);
        List<Flight> flights = new ArrayList<>();
        OptionalLong retry = OptionalLong.empty();
        long started = System.nanoTime();
        for (PartitionLane lane : assignments.lanes()) {
            take(lane, room, now, started, flights);
            retry = earlier(retry, lane.nextRetryAt());
        }
        nextRetryAt = retry;
        if (room != Reachability.ALL && !flights.isEmpty()) {
            reachability.trying(flights.size(), now);
            // It may be these that the app dies of.
            flights.forEach(flight -> assignments.last(flight.lane()));
        }
        return flights;
    }

    private void take(PartitionLane lane, int room, long now, long started, List<Flight> flights) {
        while (flights.size() < room) {
            var next = lane.next(now);
            if (next.isEmpty()) {
                return;
            }
            flights.add(new Flight(lane, next.get(), started, assignments.membership(), landing));
        }
    }

    private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        return a.isEmpty() || b.isPresent() && b.getAsLong() < a.getAsLong() ? b : a;
    }

    /** When there is something to send though nothing happens, empty for never; to be asked after {@link #at}. */
    OptionalLong nextAt(long now) {
        // What is due while the app is away waits for the results of those that are tried.
        OptionalLong more = reachability.moreAt(now);
        return more.isPresent() ? more : nextRetryAt;
    }
}
