package io.sluice.http.api;

import java.util.List;

/** The work of one route. */
interface Endpoint {
    /** @param arguments the variable segments of the path, decoded, in the order of the route's template */
    void serve(Exchange exchange, List<String> arguments);
}
