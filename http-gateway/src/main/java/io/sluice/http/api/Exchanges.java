package io.sluice.http.api;

import io.sluice.http.invoke.ByteBudget;
import io.sluice.http.invoke.Deadlines;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** The requests of one event loop: opens exchanges, and ends the wait for bodies that do not come in. */
final class Exchanges {
    private static final long SWEEP_MILLIS = 100;

    private final ByteBudget budget;
    private final Deadlines<Exchange> bodies;

    private Exchanges(ByteBudget budget, Duration bodyDeadline) {
        this.budget = budget;
        this.bodies = new Deadlines<>(bodyDeadline.toNanos());
    }

    /** Starts on the current context; its timer ends with the verticle. */
    static Exchanges open(Vertx vertx, long bytesInFlight, Duration bodyDeadline) {
        var exchanges = new Exchanges(new ByteBudget(bytesInFlight), bodyDeadline);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> exchanges.sweep());
        return exchanges;
    }

    /** Opens the exchange of a request that has just come in, and takes over its stream. */
    Exchange open(HttpServerRequest request, RouteMeters meters) {
        long now = System.nanoTime();
        var exchange = new Exchange(request, budget, meters, now);
        long id = bodies.add(exchange, now);
        request.handler(exchange::onPiece)
                .endHandler(end -> {
                    bodies.remove(id);
                    exchange.onBodyEnd();
                })
                .exceptionHandler(gone -> {
                    bodies.remove(id);
                    exchange.onAborted();
                });
        return exchange;
    }

    private void sweep() {
        bodies.expired(System.nanoTime()).forEach(Exchange::onBodyOverdue);
    }
}
