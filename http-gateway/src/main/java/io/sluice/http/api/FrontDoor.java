package io.sluice.http.api;

import io.sluice.auth.access.Caller;
import io.sluice.http.listen.Doorkeeper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where every request comes in. Calls of bindings are recognised here, everything else by vertx-web's router: a call
 * costs one look at its path.
 */
final class FrontDoor implements Handler<HttpServerRequest> {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final Exchanges exchanges;
    private final Doorkeeper doorkeeper;
    private final RequestGuard guard;
    private final CrossOrigin crossOrigin;
    private final Map<Route, ServedRoute> routes = new EnumMap<>(Route.class);
    private final RouteMeters unknownMeters;
    private final Router router;

    FrontDoor(Vertx vertx, ApiState state, Exchanges exchanges, Endpoints endpoints) {
        this.exchanges = exchanges;
        var settings = state.settings();
        this.doorkeeper = new Doorkeeper(vertx, settings.door().access());
        this.guard = new RequestGuard(settings.origins(), settings.at());
        this.crossOrigin = new CrossOrigin(settings.origins());
        for (var route : Route.values()) {
            routes.put(
                    route,
                    new ServedRoute(route, endpoints.of(route), state.metrics().of(route)));
        }
        this.unknownMeters = state.metrics().ofUnknown();
        this.router = router(vertx);
    }

    @Override
    public void handle(HttpServerRequest request) {
        var malformed = RequestGuard.malformed(request);
        var sent = request.path();
        if (malformed != null) {
            exchanges.open(request, unknownMeters).answer(malformed);
        } else if (crossOrigin.isPreflight(request)) {
            exchanges.open(request, unknownMeters).answer(Answer.PREFLIGHT);
        } else if (sent == null || !sent.startsWith("/")) {
            serveUnknown(request);
        } else {
            route(request, sent);
        }
    }

    private void route(HttpServerRequest request, String sent) {
        var path = BindingPath.parse(sent);
        var route = path == null ? null : Route.ofBinding(request.method(), path.raw());
        if (path == null || route == null) {
            nameHost(request);
            router.handle(request);
        } else {
            serve(served(route), request, List.of(path.name()));
        }
    }

    /** The router refuses a host that it cannot parse, such as ::1:3500; nothing looks at the host from here on. */
    private static void nameHost(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_1_1 && request.authority() == null) {
            request.headers().set(HttpHeaders.HOST, "localhost");
        }
    }

    private Router router(Vertx vertx) {
        var router = Router.router(vertx);
        for (var route : Route.values()) {
            if (!route.isBinding()) {
                var served = served(route);
                var variables = variables(route);
                router.route(route.method(), VARIABLE.matcher(route.template()).replaceAll(":$1"))
                        .handler(context -> serve(served, context.request(), arguments(context, variables)));
            }
        }
        router.route().handler(context -> serveUnknown(context.request()));
        // The router refuses by itself what it cannot make sense of, like a path with an incomplete escape.
        router.errorHandler(400, context -> serveUnknown(context.request()));
        return router;
    }

    private ServedRoute served(Route route) {
        return Objects.requireNonNull(routes.get(route));
    }

    private void serve(ServedRoute served, HttpServerRequest request, List<String> arguments) {
        var exchange = exchanges.open(request, served.meters());
        if (served.route().isPublic()) {
            exchange.attempt(() -> served.endpoint().serve(exchange, arguments));
        } else if (doorkeeper.isOpen()) {
            var refusal = guard.refusal(request);
            exchange.attempt(() -> {
                if (refusal == null) {
                    served.endpoint().serve(exchange, arguments);
                } else {
                    exchange.answer(refusal);
                }
            });
        } else {
            admit(exchange, caller -> {
                var refusal = served.route().refusal(caller, arguments);
                if (refusal == null) {
                    served.endpoint().serve(exchange, arguments);
                } else {
                    exchange.answer(Answer.refusal(refusal));
                }
            });
        }
    }

    /** Answers whoever is not let in; the endpoint asks for the body while its stream is still held back. */
    private void admit(Exchange exchange, Consumer<Caller> admitted) {
        var request = exchange.request();
        doorkeeper.admit(
                request.headers(),
                request.connection(),
                request,
                admission -> exchange.attempt(admission.fold(
                        in -> () -> admitted.accept(in.caller()),
                        out -> () -> exchange.answer(Answer.refusal(out.refusal())))));
    }

    private void serveUnknown(HttpServerRequest request) {
        var exchange = exchanges.open(request, unknownMeters);
        var path = request.path();
        var answer = path == null ? Answer.UNKNOWN_ROUTE : OtherBuildingBlocks.answer(request.method(), path);
        if (doorkeeper.isOpen()) {
            exchange.answer(answer);
        } else {
            admit(exchange, caller -> exchange.answer(answer));
        }
    }

    private static List<String> variables(Route route) {
        return VARIABLE.matcher(route.template())
                .results()
                .map(variable -> variable.group(1))
                .toList();
    }

    private static List<String> arguments(RoutingContext context, List<String> variables) {
        return variables.stream().map(context::pathParam).toList();
    }
}
