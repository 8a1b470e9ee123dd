package io.sluice.app.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.core.health.Health;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A gauge for each health target: 1 while it is as it should be, else 0. */
public final class HealthMeters implements Health.Listener {
    private final MeterRegistry registry;
    private final Health health;
    private final String appId;
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();

    private HealthMeters(MeterRegistry registry, Health health, String appId) {
        this.registry = registry;
        this.health = health;
        this.appId = appId;
    }

    /** Shows the targets that there are, and those to come. */
    public static void show(Health health, MeterRegistry registry, String appId) {
        health.follow(new HealthMeters(registry, health, appId));
    }

    @Override
    public void appeared(String target) {
        gauges.put(
                target,
                Gauge.builder("sluice_health", health, all -> all.isReady(target) ? 1 : 0)
                        .description("1 while the target is as it should be, else 0")
                        .tags("app_id", appId, "target", target)
                        // The gateway's health lives as long as its registry.
                        .strongReference(true)
                        .register(registry));
    }

    @Override
    public void gone(String target) {
        Gauge gauge = gauges.remove(target);
        if (gauge != null) {
            registry.remove(gauge);
        }
    }
}
