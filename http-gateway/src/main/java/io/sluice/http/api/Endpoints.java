package io.sluice.http.api;

import io.sluice.http.invoke.InvokeDispatcher;

/** Which endpoint serves which route. */
final class Endpoints {
    private final BindingEndpoints bindings;
    private final HealthEndpoints health;
    private final MetadataEndpoints metadata;
    private final ShutdownEndpoint shutdown;
    private final Answer openApi;

    Endpoints(ApiState state, InvokeDispatcher dispatcher) {
        var services = state.services();
        this.bindings = new BindingEndpoints(
                services.catalog(), dispatcher, state.settings().maxBodySize());
        this.health = new HealthEndpoints(services.health(), services.info().appId());
        this.metadata = new MetadataEndpoints(services.info(), services.catalog(), services.extended());
        this.shutdown = new ShutdownEndpoint(services.shutdown());
        this.openApi = state.openApi();
    }

    Endpoint of(Route route) {
        return switch (route) {
            case INVOKE_POST, INVOKE_PUT -> bindings::invoke;
            case RAW_POST, RAW_PUT -> bindings::invokeRaw;
            case HEALTHZ -> (exchange, none) -> health.all(exchange);
            case HEALTHZ_OUTBOUND -> (exchange, none) -> health.outbound(exchange);
            case METADATA -> (exchange, none) -> metadata.get(exchange);
            case SET_METADATA -> metadata::set;
            case SHUTDOWN -> (exchange, none) -> shutdown.serve(exchange);
            case OPENAPI -> (exchange, none) -> exchange.answer(openApi);
            case HEALTH_DETAILS -> (exchange, none) -> health.details(exchange);
            case LIVEZ -> (exchange, none) -> health.alive(exchange);
        };
    }
}
