package io.sluice.http.api;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where every request comes in. Calls of bindings are recognised here, everything else by vertx-web's router: a call
 * costs one look at its path.
 */
final class FrontDoor implements Handler<HttpServerRequest> {
    private static final String ARGUMENT = "argument";

    private final Exchanges exchanges;
    private final ApiToken token;
    private final Map<Route, Served> routes = new EnumMap<>(Route.class);
    private final RouteMeters unknownMeters;
    private final Router router;

    /** A route as this event loop serves it. */
    private record Served(boolean isPublic, Endpoint endpoint, RouteMeters meters) {}

    FrontDoor(Vertx vertx, ApiState state, Exchanges exchanges, Endpoints endpoints) {
        this.exchanges = exchanges;
        this.token = new ApiToken(state.settings().apiToken());
        for (var route : Route.values()) {
            routes.put(
                    route,
                    new Served(
                            route.isPublic(),
                            endpoints.of(route),
                            state.metrics().of(route)));
        }
        this.unknownMeters = state.metrics().ofUnknown();
        this.router = router(vertx);
    }

    @Override
    public void handle(HttpServerRequest request) {
        var sent = request.path();
        var path = sent == null ? null : BindingPath.parse(sent);
        var route = path == null ? null : Route.ofBinding(request.method(), path.raw());
        if (path == null || route == null) {
            router.handle(request);
        } else {
            serve(served(route), request, path.name());
        }
    }

    private Router router(Vertx vertx) {
        var router = Router.router(vertx);
        for (var route : Route.values()) {
            if (!route.isBinding()) {
                var served = served(route);
                router.route(route.method(), route.template().replaceAll("\\{.*}", ":" + ARGUMENT))
                        .handler(context -> serve(served, context.request(), argument(context)));
            }
        }
        router.route().handler(context -> serveUnknown(context.request()));
        // The router refuses by itself what it cannot make sense of, like a path with an incomplete escape.
        router.errorHandler(400, context -> serveUnknown(context.request()));
        return router;
    }

    private Served served(Route route) {
        return Objects.requireNonNull(routes.get(route));
    }

    private void serve(Served served, HttpServerRequest request, String argument) {
        var exchange = exchanges.open(request, served.meters());
        if (served.isPublic() || token.admits(request.headers())) {
            exchange.attempt(() -> served.endpoint().serve(exchange, argument));
        } else {
            exchange.answer(Answer.INVALID_TOKEN);
        }
    }

    private void serveUnknown(HttpServerRequest request) {
        var exchange = exchanges.open(request, unknownMeters);
        exchange.answer(token.admits(request.headers()) ? Answer.UNKNOWN_ROUTE : Answer.INVALID_TOKEN);
    }

    private static String argument(RoutingContext context) {
        var argument = context.pathParam(ARGUMENT);
        return argument == null ? "" : argument;
    }
}
