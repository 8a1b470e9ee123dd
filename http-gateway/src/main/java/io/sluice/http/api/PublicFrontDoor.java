package io.sluice.http.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where requests of the public port come in: health and metadata for all, as with daprd, and nothing that changes
 * anything.
 */
final class PublicFrontDoor implements Handler<HttpServerRequest> {
    private static final List<Route> ROUTES = List.of(Route.HEALTHZ, Route.HEALTHZ_OUTBOUND, Route.METADATA);

    private final Exchanges exchanges;
    private final RouteMeters unknownMeters;
    private final Map<String, ServedRoute> byPath = new HashMap<>();

    PublicFrontDoor(ApiState state, Exchanges exchanges, Endpoints endpoints) {
        this.exchanges = exchanges;
        this.unknownMeters = state.metrics().ofUnknown();
        for (var route : ROUTES) {
            byPath.put(
                    route.template(),
                    new ServedRoute(route, endpoints.of(route), state.metrics().of(route)));
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        var served = byPath.get(BindingPath.clean(String.valueOf(request.path())));
        if (served == null || !served.route().method().equals(request.method())) {
            exchanges.open(request, unknownMeters).answer(Answer.UNKNOWN_ROUTE);
        } else {
            var exchange = exchanges.open(request, served.meters());
            exchange.attempt(() -> served.endpoint().serve(exchange, List.of()));
        }
    }
}
