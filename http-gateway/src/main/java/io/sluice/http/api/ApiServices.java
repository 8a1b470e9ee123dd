package io.sluice.http.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.health.Health;
import java.util.function.Consumer;

/**
 * What the APIs ask of the rest of the gateway; the same for all APIs of one gateway.
 *
 * @param catalog the bindings that can be called
 * @param shutdown ends the process, at once when given true; called from an event loop, must not block
 * @param extended what clients note over one API, and read over any
 * @param heap what calls may hold of it
 */
public record ApiServices(
        BindingCatalog catalog,
        Health health,
        MeterRegistry meters,
        GatewayInfo info,
        Consumer<Boolean> shutdown,
        ExtendedMetadata extended,
        HeapBudget heap) {

    /** The services of a gateway of which nothing is noted yet, and that is alone in its process. */
    public ApiServices(
            BindingCatalog catalog, Health health, MeterRegistry meters, GatewayInfo info, Consumer<Boolean> shutdown) {
        this(catalog, health, meters, info, shutdown, new ExtendedMetadata(), HeapBudget.ofProcess());
    }
}
