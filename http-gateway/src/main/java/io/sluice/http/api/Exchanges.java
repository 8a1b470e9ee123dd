package io.sluice.http.api;

import io.sluice.http.invoke.Deadlines;
import io.sluice.http.invoke.Sweeper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** The requests of one event loop: opens exchanges, and ends the wait for bodies that do not come in. */
final class Exchanges {
    private static final long SWEEP_MILLIS = 100;

    private final ExchangeServices services;
    private final Deadlines<Exchange> bodies;

    private final Sweeper sweeper;

    Exchanges(Vertx vertx, ExchangeServices services, Duration bodyDeadline) {
        this.services = services;
        this.bodies = new Deadlines<>(bodyDeadline.toNanos());
        this.sweeper = new Sweeper(vertx, SWEEP_MILLIS, bodies, this::sweep);
    }

    /** Opens the exchange of a request that has just come in, and takes over its stream. */
    Exchange open(HttpServerRequest request, RouteMeters meters) {
        long now = System.nanoTime();
        var exchange = new Exchange(request, services, meters, now);
        long id = bodies.add(exchange, now);
        exchange.whenReset(() -> bodies.remove(id));
        sweeper.wake();
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

    /** Requests of which more may come in. */
    int incoming() {
        return bodies.size();
    }

    private void sweep() {
        bodies.expired(System.nanoTime()).forEach(Exchange::onBodyOverdue);
    }
}
