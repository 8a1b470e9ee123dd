package io.sluice.kafka.consume;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterProbes;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.consume.courier.Couriers;
import io.sluice.kafka.consume.poll.InputMemory;
import io.sluice.kafka.produce.KafkaServices;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input bindings of a gateway: one consumer for each of their topics, and what the API asks about them.
 *
 * <p>{@link io.sluice.core.bus.BusCodecs} must be registered. Safe for use from any thread.
 */
public final class InputBindings {
    private static final Logger log = LoggerFactory.getLogger(InputBindings.class);
    private static final Duration PROBE_EVERY = Duration.ofMillis(1_500);

    private final Vertx vertx;
    private final KafkaServices services;
    private final KafkaClients clients;
    private final ClusterProbes probes;
    private final Couriers couriers;
    private final InputMemory memory;
    private final Map<String, InputBinding> inputs = new ConcurrentHashMap<>();

    /** @param appHasPort whether there is an app to deliver to; bindings that are for the app do not consume without */
    public InputBindings(Vertx vertx, KafkaServices services, boolean appHasPort, KafkaClients clients) {
        this.vertx = vertx;
        this.services = services;
        this.clients = clients;
        this.probes = new ClusterProbes(vertx, clients, PROBE_EVERY);
        this.couriers = new Couriers(vertx, appHasPort);
        this.memory = new InputMemory(services.heap());
    }

    /** Whoever delivers to the app does it on this context; bindings that are deployed after this one's call know. */
    public void appIsReachedFrom(Context context) {
        couriers.appIsReachedFrom(context);
    }

    /**
     * Starts a binding. Its consumers join their group when the app takes its records; a Kafka that is away fails nothing,
     * and the health target {@code input:<name>} says why a binding cannot consume.
     *
     * <p>Fails with {@link IllegalStateException} when a binding of that name is deployed; after any failure it is not.
     */
    public synchronized Future<Void> deploy(KafkaBinding binding) {
        if (inputs.containsKey(binding.name())) {
            return Future.failedFuture(new IllegalStateException(binding.name() + " is deployed already"));
        }
        if (couriers.lacksApp(binding)) {
            log.atWarn()
                    .addKeyValue("binding", binding.name())
                    .addKeyValue("group", binding.consumer().group())
                    .addKeyValue("reason", Couriers.NO_APP)
                    .log("input binding does not consume");
        }
        Input input = Input.of(vertx, binding, services, clients, couriers, memory);
        var deployed = new InputBinding(vertx, input);
        inputs.put(binding.name(), deployed);
        await(binding);
        probes.watch(Cluster.of(binding), deployed);
        return deployed.start()
                .recover(cause -> undeploy(binding.name()).transform(ignored -> Future.failedFuture(cause)));
    }

    /** Without a port the app will never take a record, so that there is nothing to wait for. */
    private void await(KafkaBinding binding) {
        if (!couriers.lacksApp(binding)) {
            Set<String> topics = Set.copyOf(binding.topics());
            services.health()
                    .startup()
                    .inputAwaited(binding.name(), topics, couriers.toApp(binding), binding.initTimeout());
        }
    }

    /** Stops a binding as {@link #drain} does. Succeeds at once for a name that is not deployed. */
    public Future<Void> undeploy(String name) {
        InputBinding input = inputs.remove(name);
        services.health().startup().inputGone(name);
        return input == null ? Future.succeededFuture() : stop(input);
    }

    private Future<Void> stop(InputBinding binding) {
        Input input = binding.input();
        return binding.stop()
                .eventually(() -> probes.unwatch(Cluster.of(input.binding()), binding))
                .eventually(input::close);
    }

    /**
     * Delivers nothing more: waits for what is in flight, as long as a hand-over would, commits, and leaves the groups.
     * The bindings still answer what the API asks.
     */
    public Future<Void> drain() {
        return all(binding -> binding.drain(binding.input().drainLimit()));
    }

    /** Stops all bindings, side by side. */
    public Future<Void> close() {
        return all(binding -> undeploy(binding.input().name()));
    }

    /**
     * Stops all bindings as {@link #close()} does, but in good time: what the app has not answered after two thirds of
     * {@code limit} will be delivered again by others, and the rest is for the commits and for leaving the groups.
     */
    public Future<Void> close(Duration limit) {
        Duration patience = limit.multipliedBy(2).dividedBy(3);
        return all(binding -> binding.drain(binding.input().drainLimit(patience)))
                .eventually(this::close);
    }

    private Future<Void> all(Function<InputBinding, Future<Void>> action) {
        return Future.join(inputs.values().stream().map(action).toList()).mapEmpty();
    }
}
