package io.sluice.app;

import io.sluice.app.reload.ComponentWatch;
import io.sluice.app.reload.RunningBindings;
import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.telemetry.ComponentMeters;
import io.sluice.app.telemetry.HealthMeters;
import io.sluice.app.telemetry.MemoryMeters;
import io.sluice.app.telemetry.Telemetry;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.component.LoadResult;
import io.sluice.core.health.Health;
import io.sluice.core.health.Startup.Stage;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.ExtendedMetadata;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.consume.InputBindings;
import io.sluice.kafka.produce.KafkaServices;
import io.sluice.kafka.produce.OutputBindings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The whole gateway. It starts in the order of {@link #start()} and stops in reverse:
 *
 * <pre>
 * component files → Vert.x → metrics page → output bindings, side by side → gRPC API → HTTP API
 *   → delivery to the app → input bindings → watch over the component files
 * </pre>
 *
 * <p>Safe for use from any thread; several can run in one process.
 */
public final class Gateway {
    /** One instance of the HTTP API per event loop; the property is for benchmarks. */
    private static final int EVENT_LOOPS =
            Integer.getInteger("sluice.event-loops", Runtime.getRuntime().availableProcessors());

    private static final String SELF = "gateway";

    private final Settings settings;
    private final Health health = new Health();
    /** The property is for tests. */
    private final HeapBudget heap =
            HeapBudget.of(Long.getLong("sluice.heap-bytes", Runtime.getRuntime().maxMemory()));

    private final InternalErrors errors = new InternalErrors(health);
    private final BindingCatalog catalog = new BindingCatalog();
    private final ExtendedMetadata notes = new ExtendedMetadata();
    private final Started started = new Started();
    private final CompletableFuture<StopRequest> stopRequest = new CompletableFuture<>();
    private final CompletableFuture<WindingUp> windingUp = new CompletableFuture<>();
    private final AtomicInteger httpPort = new AtomicInteger(-1);
    private final AtomicInteger grpcPort = new AtomicInteger(-1);
    private final AtomicInteger metricsPort = new AtomicInteger(-1);

    /** How somebody asked the gateway to end. */
    public enum StopRequest {
        /** Finish what is in flight. */
        CLEAN,
        /** At once. */
        FORCED
    }

    private Gateway(Settings settings) {
        this.settings = settings;
    }

    /** A gateway that does not run yet. */
    static Gateway of(Settings settings) {
        return new Gateway(settings);
    }

    /**
     * Starts a gateway. Blocks the caller while component files are read, so not for an event loop.
     *
     * @return the gateway once it accepts requests; fails with a {@link StartFailure}, with nothing left running
     */
    public static Future<Gateway> start(Settings settings) {
        Gateway gateway = of(settings);
        return gateway.start().recover(cause -> gateway.stop().transform(ignored -> Future.failedFuture(cause)));
    }

    /** As {@link #start(Settings)}, but what has been started before a failure runs until {@link #stop()}. */
    Future<Gateway> start() {
        health.notReady(SELF, true, "starting");
        try {
            var components = new Components(settings);
            LoadResult loaded = components.load();
            Telemetry telemetry = settings.metrics().enabled() ? Telemetry.prometheus() : Telemetry.none();
            started.add("telemetry", () -> {
                telemetry.close();
                return Future.succeededFuture();
            });
            HealthMeters.show(health, telemetry.registry(), settings.appId());
            MemoryMeters.show(heap, telemetry.registry(), settings.appId());
            errors.show(telemetry.registry(), settings.appId());
            return EventBuses.create(settings.cluster(), EVENT_LOOPS)
                    .compose(vertx -> start(vertx, telemetry, components, loaded))
                    .map(this);
        } catch (StartFailure failure) {
            return Future.failedFuture(failure);
        }
    }

    /**
     * Delivers nothing more, and serves the APIs for {@code limit}, or until the app is not healthy if its health is probed.
     *
     * @return done when it is time to {@link #stop()}; at once when the gateway has not come far enough to serve
     */
    Future<Void> serveOn(Duration limit) {
        AppChannel channel = settings.channel();
        return windingUp.isDone()
                ? windingUp.join().serveOn(limit, channel != null && channel.health() != null)
                : Future.succeededFuture();
    }

    /**
     * Stops in reverse order within the grace period of the settings. To be called once.
     *
     * @return done when nothing runs any more; fails when something had to be left behind
     */
    public Future<Void> stop() {
        errors.fallSilent();
        health.startup().reached(Stage.STOPPING);
        health.notReady(SELF, true, "shutting down");
        CompletableFuture<List<String>> late = started.stop(settings.shutdown().grace());
        return Future.fromCompletionStage(late)
                .compose(parts -> parts.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture("not stopped in time: " + String.join(", ", parts)));
    }

    /** The port of the HTTP API, -1 before it listens. */
    public int httpPort() {
        return httpPort.get();
    }

    /** The port of the gRPC API, -1 before it listens. */
    public int grpcPort() {
        return grpcPort.get();
    }

    /** The port of the metrics page, -1 without one. */
    public int metricsPort() {
        return metricsPort.get();
    }

    /** The bindings of this moment. */
    Collection<KafkaBinding> bindings() {
        return catalog.all();
    }

    /** Completed when somebody asks the gateway to end, over the API or by {@link #requestStop}. */
    CompletionStage<StopRequest> stopRequest() {
        return stopRequest;
    }

    /** An error that came out of a thread of the process. */
    void uncaught(Thread thread, Throwable error) {
        errors.report(thread, error);
    }

    /** Asks whoever runs the gateway to stop it; only the first request counts. */
    void requestStop(StopRequest request) {
        stopRequest.complete(request);
    }

    private Future<Void> start(Vertx vertx, Telemetry telemetry, Components components, LoadResult loaded) {
        started.add("event loops", vertx::close);
        errors.follow(vertx);
        BusCodecs.register(vertx.eventBus());
        catalog.replaceStores(loaded.stores());
        KafkaClients clients = KafkaClients.of(vertx);
        var meters = new ComponentMeters(telemetry.registry(), settings.appId());
        var output = new OutputBindings(vertx, kafkaServices(telemetry), clients);
        var input = new InputBindings(vertx, kafkaServices(telemetry), settings.channel() != null, clients);
        var running = RunningBindings.of(vertx, catalog, output, input, meters);
        windingUp.complete(new WindingUp(vertx, running, input, health));
        return MetricsPage.start(vertx, settings, telemetry, started)
                .onSuccess(metricsPort::set)
                .compose(ignored -> startOutput(output, meters, loaded.bindings()))
                .compose(ignored -> startApis(vertx, telemetry))
                .onSuccess(ignored -> health.startup().reached(Stage.SERVING))
                .compose(ignored -> startInput(vertx, telemetry, input))
                .compose(ignored -> startWatch(vertx, new ComponentWatch(components::read, loaded, running, meters)))
                .onSuccess(ignored -> {
                    health.startup().reached(Stage.STARTED);
                    health.ready(SELF, true);
                });
    }

    private Future<Void> startOutput(OutputBindings output, ComponentMeters meters, List<KafkaBinding> bindings) {
        started.add("output bindings", output::close);
        return new Deployment(output, meters)
                .deploy(bindings)
                .onSuccess(catalog::replace)
                .mapEmpty();
    }

    private Future<Void> startApis(Vertx vertx, Telemetry telemetry) {
        var services = apiServices(telemetry);
        return Doors.open(vertx, settings, services, started)
                .compose(door -> startApis(new Apis(vertx, settings, services, door, started, EVENT_LOOPS)));
    }

    private Future<Void> startApis(Apis apis) {
        return apis.startGrpc()
                .onSuccess(api -> grpcPort.set(api.port()))
                .compose(ignored -> apis.startHttp())
                .onSuccess(api -> httpPort.set(api.port()))
                .mapEmpty();
    }

    /** After the APIs, and so stopped before them: what the app still calls while it works on a record is there. */
    private Future<Void> startInput(Vertx vertx, Telemetry telemetry, InputBindings input) {
        var inputs = new Inputs(vertx, settings, started);
        return inputs.startDelivery(apiServices(telemetry), input)
                .compose(ignored -> inputs.startConsumers(input, catalog));
    }

    /** Last, and so stopped first: nothing changes while the rest is stopped. */
    private Future<Void> startWatch(Vertx vertx, ComponentWatch watch) {
        return settings.watchComponents()
                ? vertx.deployVerticle(watch)
                        .onSuccess(id -> started.add("watch over components", () -> vertx.undeploy(id)))
                        .mapEmpty()
                : Future.succeededFuture();
    }

    private KafkaServices kafkaServices(Telemetry telemetry) {
        return new KafkaServices(health, telemetry.registry(), settings.appId(), settings.namespace(), heap);
    }

    private ApiServices apiServices(Telemetry telemetry) {
        return new ApiServices(
                catalog,
                health,
                telemetry.registry(),
                Wiring.info(settings),
                force -> requestStop(force ? StopRequest.FORCED : StopRequest.CLEAN),
                notes,
                heap);
    }
}
