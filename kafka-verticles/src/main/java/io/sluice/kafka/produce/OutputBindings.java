package io.sluice.kafka.produce;

import io.micrometer.core.instrument.Tags;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterProbes;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The output bindings of a gateway: one verticle each, and a Kafka producer for all that can share it.
 *
 * <p>A binding serves {@link io.sluice.core.bus.Addresses#invoke}; {@link io.sluice.core.bus.BusCodecs} must be registered.
 * Safe for use from any thread.
 */
public final class OutputBindings {
    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final KafkaServices services;
    private final SharedProducers producers;
    private final ClusterProbes probes;
    private final Map<String, Output> outputs = new ConcurrentHashMap<>();

    private record Output(
            KafkaBinding binding,
            @Nullable SchemaRegistry registry,
            OutputHealth health,
            OutputMetrics metrics,
            Future<String> deployment) {}

    public OutputBindings(Vertx vertx, KafkaServices services, KafkaClients clients) {
        this.vertx = vertx;
        this.services = services;
        this.producers = new SharedProducers(vertx, clients);
        this.probes = new ClusterProbes(vertx, clients, PROBE_EVERY);
    }

    /**
     * Starts a binding. Succeeds when it can produce, or after its {@code initTimeout}: a Kafka that is away fails nothing,
     * the binding goes on trying and the health target {@code kafka:<name>} says why it is not ready.
     *
     * <p>Fails with {@link IllegalStateException} when a binding of that name is deployed.
     */
    public synchronized Future<Void> deploy(KafkaBinding binding) {
        if (outputs.containsKey(binding.name())) {
            return Future.failedFuture(new IllegalStateException(binding.name() + " is deployed already"));
        }
        var health = new OutputHealth(
                services.health(), binding.name(), Cluster.of(binding).address());
        var metrics = new OutputMetrics(services, binding.name());
        SchemaRegistry registry = registry(binding);
        health.starting();
        Future<String> deployment = vertx.deployVerticle(
                new ProducerVerticle(binding, producers.acquire(binding), registry, health, metrics));
        outputs.put(binding.name(), new Output(binding, registry, health, metrics, deployment));
        probes.watch(Cluster.of(binding), health);
        return deployment.mapEmpty();
    }

    private @Nullable SchemaRegistry registry(KafkaBinding binding) {
        Tags tags = services.tags(binding.name()).and("direction", "output");
        return SchemaRegistry.of(vertx, binding.name(), binding.schema(), services.meters(), tags);
    }

    /**
     * Stops a binding: new calls are refused, those in flight get their outcome first. Succeeds at once for a name that is
     * not deployed.
     */
    public Future<Void> undeploy(String name) {
        Output output = outputs.remove(name);
        return output == null
                ? Future.succeededFuture()
                : output.deployment.compose(vertx::undeploy).eventually(() -> release(output));
    }

    private Future<Void> release(Output output) {
        output.health.remove();
        output.metrics.remove();
        Future<Void> schemas = output.registry == null ? Future.succeededFuture() : output.registry.close();
        return Future.join(
                        probes.unwatch(Cluster.of(output.binding), output.health),
                        producers.release(output.binding),
                        schemas)
                .mapEmpty();
    }

    /** Stops all bindings, side by side. */
    public Future<Void> close() {
        List<Future<Void>> stopping =
                outputs.keySet().stream().map(this::undeploy).toList();
        return Future.join(stopping).mapEmpty();
    }
}
