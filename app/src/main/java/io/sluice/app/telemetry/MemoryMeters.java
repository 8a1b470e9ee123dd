package io.sluice.app.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;

/** What waits holds so much of the heap, and may hold as much. */
public final class MemoryMeters {
    private MemoryMeters() {}

    public static void show(HeapBudget heap, MeterRegistry registry, String appId) {
        show("calls", heap.calls(), registry, appId);
        show("deliveries", heap.deliveries(), registry, appId);
    }

    private static void show(String use, ByteBudget budget, MeterRegistry registry, String appId) {
        Tags tags = Tags.of("app_id", appId, "use", use);
        Gauge.builder("sluice_memory_reserved_bytes", budget, ByteBudget::reserved)
                .description("Bytes of the heap that are reserved for what waits")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("sluice_memory_limit_bytes", budget, ByteBudget::limit)
                .description("Bytes of the heap that may be reserved for what waits")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
