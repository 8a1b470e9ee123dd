package io.sluice.http.api;

import io.sluice.http.api.InputEndpoints.RecordPath;
import io.sluice.http.invoke.InvokeDispatcher;
import io.vertx.core.eventbus.EventBus;

/** Which endpoint serves which route. */
final class Endpoints {
    private final BindingEndpoints bindings;
    private final HealthEndpoints health;
    private final MetadataEndpoints metadata;
    private final ShutdownEndpoint shutdown;
    private final InputEndpoints inputs;
    private final Answer openApi;

    Endpoints(EventBus bus, ApiState state, InvokeDispatcher dispatcher) {
        var services = state.services();
        this.bindings = new BindingEndpoints(
                services.catalog(), dispatcher, state.settings().maxBodySize());
        this.health = new HealthEndpoints(services.health(), services.info().appId());
        this.metadata = new MetadataEndpoints(services.info(), services.catalog(), services.extended());
        this.shutdown = new ShutdownEndpoint(services.shutdown());
        this.inputs =
                new InputEndpoints(bus, services.catalog(), state.settings().requestDeadline());
        this.openApi = state.openApi();
    }

    Endpoint of(Route route) {
        return switch (route) {
            case INVOKE_POST, INVOKE_PUT -> (exchange, path) -> bindings.invoke(exchange, path.get(0));
            case RAW_POST, RAW_PUT -> (exchange, path) -> bindings.invokeRaw(exchange, path.get(0));
            case HEALTHZ -> (exchange, none) -> health.all(exchange);
            case HEALTHZ_OUTBOUND -> (exchange, none) -> health.outbound(exchange);
            case METADATA -> (exchange, none) -> metadata.get(exchange);
            case SET_METADATA -> (exchange, path) -> metadata.set(exchange, path.get(0));
            case SHUTDOWN -> (exchange, none) -> shutdown.serve(exchange);
            case OPENAPI -> (exchange, none) -> exchange.answer(openApi);
            case HEALTH_DETAILS -> (exchange, none) -> health.details(exchange);
            case LIVEZ -> (exchange, none) -> health.alive(exchange);
            case PARTITIONS -> (exchange, path) -> inputs.partitions(exchange, path.get(0));
            case FAILURES -> (exchange, path) -> inputs.failures(exchange, path.get(0));
            case REDELIVER ->
                (exchange, path) ->
                        inputs.redeliver(exchange, path.get(0), new RecordPath(path.get(1), path.get(2), path.get(3)));
            case SKIP ->
                (exchange, path) ->
                        inputs.skip(exchange, path.get(0), new RecordPath(path.get(1), path.get(2), path.get(3)));
        };
    }
}
