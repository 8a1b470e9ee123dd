package io.sluice.app.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Dapr's meters of what became of the component files. */
public final class ComponentMeters {
    private static final String TYPE = "bindings.kafka";

    private final MeterRegistry registry;
    private final Tags app;

    public ComponentMeters(MeterRegistry registry, String appId) {
        this.registry = registry;
        this.app = Tags.of("app_id", appId);
    }

    /** So many components were read from files. */
    public void loaded(int components) {
        registry.counter("dapr_runtime_component_loaded", app).increment(components);
    }

    /** A component is set up. */
    public void initialised() {
        registry.counter("dapr_runtime_component_init_total", app.and("component", TYPE))
                .increment();
    }

    /** Changed component files were taken up, or not; {@code result} is one of few. */
    public void reloaded(String result) {
        Counter.builder("sluice_component_reloads")
                .description("Changes of component files, and what became of them")
                .tags(app.and("result", result))
                .register(registry)
                .increment();
    }

    /** A component could not be set up. */
    public void failed(String name) {
        Counter.builder("dapr_runtime_component_init_fail_total")
                .tags(app.and("component", TYPE, "reason", "init", "componentName", name))
                .register(registry)
                .increment();
    }
}
