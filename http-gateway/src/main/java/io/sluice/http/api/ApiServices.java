package io.sluice.http.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.health.Health;
import java.util.function.Consumer;

/**
 * What the HTTP API asks of the rest of the gateway.
 *
 * @param catalog the bindings that can be called
 * @param shutdown ends the process, at once when given true; called from an event loop, must not block
 */
public record ApiServices(
        BindingCatalog catalog, Health health, MeterRegistry meters, GatewayInfo info, Consumer<Boolean> shutdown) {}
