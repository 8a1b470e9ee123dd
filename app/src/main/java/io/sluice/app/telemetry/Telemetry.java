package io.sluice.app.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** The registry of all meters: Prometheus's, or one that does nothing. Safe for use from any thread. */
public final class Telemetry implements AutoCloseable {
    private final MeterRegistry registry;
    private final Supplier<String> page;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Telemetry(MeterRegistry registry, Supplier<String> page) {
        this.registry = registry;
        this.page = page;
    }

    /** Meters that Prometheus can read, those of the JVM and the process among them. */
    public static Telemetry prometheus() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var telemetry = new Telemetry(registry, () -> Exposition.of(registry));
        telemetry.watchProcess();
        return telemetry;
    }

    /** Meters that count nothing and cost next to nothing. */
    public static Telemetry none() {
        return new Telemetry(new CompositeMeterRegistry(), () -> "");
    }

    /** Where every part of the gateway registers its meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters as Prometheus's text format 0.0.4. */
    public String page() {
        return page.get();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void watchProcess() {
        collections.bindTo(registry);
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(meters -> meters.bindTo(registry));
    }
}
