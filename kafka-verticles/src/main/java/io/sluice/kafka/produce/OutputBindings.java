package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterProbes;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output bindings of a gateway: one verticle each, and Kafka producers for all that can share them.
 *
 * <p>A binding serves {@link io.sluice.core.bus.Addresses#invoke}; {@link io.sluice.core.bus.BusCodecs} must be registered.
 * Safe for use from any thread.
 */
public final class OutputBindings {
    private static final Logger log = LoggerFactory.getLogger(OutputBindings.class);
    private static final Duration PROBE_EVERY = Duration.ofMillis(1_500);

    private final Vertx vertx;
    private final KafkaServices services;
    private final SharedProducers producers;
    private final ClusterProbes probes;
    private final Map<String, Output> outputs = new ConcurrentHashMap<>();

    /** A name that is served, and who serves it now. */
    private record Output(
            ProducerVerticle verticle, OutputMetrics metrics, Future<String> deployment, Producing producing) {

        Output with(Producing other) {
            return new Output(verticle, metrics, deployment, other);
        }
    }

    public OutputBindings(Vertx vertx, KafkaServices services, KafkaClients clients) {
        this(vertx, services, clients, PROBE_EVERY);
    }

    /** @param probeEvery how long a cluster is not asked that answers, unless somebody doubts it */
    OutputBindings(Vertx vertx, KafkaServices services, KafkaClients clients, Duration probeEvery) {
        this.vertx = vertx;
        this.services = services;
        this.producers = new SharedProducers(vertx, clients, services.heap().calls());
        this.probes = new ClusterProbes(vertx, clients, probeEvery);
    }

    /**
     * Starts a binding. Succeeds when it can produce, or after its {@code initTimeout}: a Kafka that is away fails nothing,
     * the binding goes on trying and the health target {@code kafka:<name>} says why it is not ready.
     *
     * <p>Fails with {@link IllegalStateException} when a binding of that name is deployed; after any failure it is not.
     */
    public synchronized Future<Void> deploy(KafkaBinding binding) {
        String name = binding.name();
        if (outputs.containsKey(name)) {
            return Future.failedFuture(new IllegalStateException(name + " is deployed already"));
        }
        var metrics = new OutputMetrics(services, name);
        Producing producing = prepare(binding, metrics);
        producing.health().speak();
        var verticle = new ProducerVerticle(producing, metrics);
        Future<String> deployment = vertx.deployVerticle(verticle);
        outputs.put(name, new Output(verticle, metrics, deployment, producing));
        return deployment.<Void>mapEmpty().recover(cause -> undeploy(name)
                .transform(ignored -> Future.failedFuture(cause)));
    }

    private Producing prepare(KafkaBinding binding, OutputMetrics metrics) {
        Cluster cluster = Cluster.of(binding);
        var health =
                new OutputHealth(services.health(), binding.name(), cluster.address(), () -> probes.doubt(cluster));
        ProducerPair pair = producers.acquire(binding);
        probes.watch(cluster, health);
        SchemaRegistry registry =
                SchemaRegistry.of(vertx, binding.name(), binding.schema(), metrics::schemas, health::registry);
        return new Producing(binding, pair, registry, health);
    }

    /**
     * Changes a binding under the calls that come: it goes on as it was until it can produce as it is to be, or until the
     * {@code initTimeout} of the change is over. Every call gets its outcome from the one or the other.
     *
     * <p>One change of a binding at a time.
     *
     * @return done when new calls go by the change; fails, and the binding goes on as it was, when it cannot be changed, and
     *     with {@link IllegalStateException} when no binding of that name is deployed
     */
    public Future<Void> replace(KafkaBinding binding) {
        Output before = outputs.get(binding.name());
        if (before == null) {
            return Future.failedFuture(new IllegalStateException(binding.name() + " is not deployed"));
        }
        Producing next = prepare(binding, before.metrics);
        Promise<Void> taken = Promise.promise();
        before.deployment
                .compose(id -> before.verticle.replace(next, () -> handOver(before, next, taken)))
                .onComplete(finished -> logFailure(binding.name(), retire(before.producing)), cause -> retire(next)
                        .onComplete(ignored -> taken.tryFail(cause)));
        return taken.future();
    }

    /** @return false when the binding was undeployed meanwhile */
    private boolean handOver(Output before, Producing next, Promise<Void> taken) {
        if (!outputs.replace(next.binding().name(), before, before.with(next))) {
            return false;
        }
        before.producing.health().fallSilent();
        next.health().speak();
        taken.complete();
        return true;
    }

    /** Ends the use of what nobody produces with any more. */
    private Future<Void> retire(Producing producing) {
        KafkaBinding binding = producing.binding();
        SchemaRegistry registry = producing.registry();
        Future<Void> schemas = registry == null ? Future.succeededFuture() : registry.close();
        return Future.join(probes.unwatch(Cluster.of(binding), producing.health()), producers.release(binding), schemas)
                .mapEmpty();
    }

    private static void logFailure(String name, Future<Void> retired) {
        retired.onFailure(cause -> log.atWarn()
                .addKeyValue("binding", name)
                .setCause(cause)
                .log("an unused producer could not be closed"));
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
        output.producing.health().remove();
        output.metrics.remove();
        return retire(output.producing);
    }

    /** Stops all bindings, side by side. */
    public Future<Void> close() {
        List<Future<Void>> stopping =
                outputs.keySet().stream().map(this::undeploy).toList();
        return Future.join(stopping).mapEmpty();
    }
}
