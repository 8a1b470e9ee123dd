package io.sluice.http.api;

/** The work of one route. */
interface Endpoint {
    /** @param argument the variable segment of the path, decoded; empty if the route has none */
    void serve(Exchange exchange, String argument);
}
