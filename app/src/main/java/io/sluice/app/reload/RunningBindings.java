package io.sluice.app.reload;

import io.sluice.app.reload.Steps.Step;
import io.sluice.app.telemetry.ComponentMeters;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SecretStoreComponent;
import io.sluice.core.bus.Addresses;
import io.sluice.kafka.consume.InputBindings;
import io.sluice.kafka.produce.OutputBindings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The bindings that run, and how they become others. Each takes these steps by itself, as far as they apply to it:
 *
 * <pre>
 *   output: the new way is opened and takes over from the old one, or is the first
 *     → input: the old consumers drain, commit and leave
 *     → the catalog has the change, and whoever delivers to the app hears of it
 *     → input: the new consumers join
 *     → output that is no more: what is in flight ends
 * </pre>
 *
 * <p>The catalog is in the middle because who delivers goes by it: the old consumers' records take the old way to the app,
 * the new ones' the new. Safe for use from any thread.
 */
public final class RunningBindings {
    private static final Logger LOG = LoggerFactory.getLogger(RunningBindings.class);

    private final BindingCatalog catalog;
    private final Steps steps;
    private final ComponentMeters meters;
    private final Runnable changed;
    private volatile boolean stopped;

    /** What became of changes. */
    enum Result {
        NOTHING_TO_DO,
        APPLIED,
        /** Some of them could not be made. */
        FAILED
    }

    /** @param changed called whenever the catalog is another */
    RunningBindings(BindingCatalog catalog, Steps steps, ComponentMeters meters, Runnable changed) {
        this.catalog = catalog;
        this.steps = steps;
        this.meters = meters;
        this.changed = changed;
    }

    /**
     * To be called on no verticle's context.
     *
     * @param catalog says what runs
     */
    public static RunningBindings of(
            Vertx vertx, BindingCatalog catalog, OutputBindings output, InputBindings input, ComponentMeters meters) {
        var local = new DeliveryOptions().setLocalOnly(true);
        Runnable tell = () -> vertx.eventBus().publish(Addresses.catalogChanged(), "", local);
        return new RunningBindings(catalog, Steps.of(vertx.getOrCreateContext(), output, input), meters, tell);
    }

    /**
     * Makes the running bindings into {@code wanted}, side by side; those that are the same are not touched.
     *
     * @param asTheyAre names of bindings that go on although they are not wanted
     * @return never fails
     */
    Future<Result> become(List<KafkaBinding> wanted, Set<String> asTheyAre) {
        List<Change> changes = Change.between(catalog.all(), wanted, asTheyAre);
        if (changes.isEmpty()) {
            return Future.succeededFuture(Result.NOTHING_TO_DO);
        }
        meters.loaded(
                (int) changes.stream().filter(change -> change.after() != null).count());
        return Future.join(changes.stream().map(this::make).toList())
                .map(all -> all.<Boolean>list().contains(false) ? Result.FAILED : Result.APPLIED);
    }

    /** The names of those that run. */
    Set<String> names() {
        return catalog.all().stream().map(KafkaBinding::name).collect(Collectors.toSet());
    }

    /** Begins nothing any more. */
    public void stop() {
        stopped = true;
    }

    /** @return whether the change was made */
    private Future<Boolean> make(Change change) {
        KafkaBinding before = change.before();
        KafkaBinding after = change.after();
        return startOutput(before, after)
                .compose(v -> end(steps.undeployInput(), before, isInput(before)))
                .compose(v -> publish(change))
                .compose(v -> begin(steps.deployInput(), after, isInput(after)))
                .compose(v -> end(steps.undeployOutput(), before, isOutput(before) && !isOutput(after)))
                .map(v -> made(change))
                .otherwise(cause -> failed(change, cause));
    }

    private Future<Void> startOutput(@Nullable KafkaBinding before, @Nullable KafkaBinding after) {
        return begin(isOutput(before) ? steps.replaceOutput() : steps.deployOutput(), after, isOutput(after));
    }

    private Future<Void> begin(Step step, @Nullable KafkaBinding binding, boolean applies) {
        if (binding == null || !applies) {
            return Future.succeededFuture();
        }
        if (stopped) {
            return Future.failedFuture("the gateway stops");
        }
        return step.take(binding);
    }

    private static Future<Void> end(Step step, @Nullable KafkaBinding binding, boolean applies) {
        if (binding == null || !applies) {
            return Future.succeededFuture();
        }
        // What does not end well is over all the same.
        return step.take(binding).otherwise(cause -> {
            LOG.atWarn()
                    .addKeyValue("component", binding.name())
                    .setCause(cause)
                    .log("did not stop as it should");
            return null;
        });
    }

    /** The secret stores that component files name from now on. */
    void storesBecome(List<SecretStoreComponent> stores) {
        catalog.replaceStores(stores);
    }

    private synchronized Future<Void> publish(Change change) {
        var bindings = new LinkedHashMap<String, KafkaBinding>();
        catalog.all().forEach(binding -> bindings.put(binding.name(), binding));
        KafkaBinding after = change.after();
        if (after == null) {
            bindings.remove(change.name());
        } else {
            bindings.put(change.name(), after);
        }
        catalog.replace(bindings.values());
        changed.run();
        return Future.succeededFuture();
    }

    private boolean made(Change change) {
        if (change.after() != null) {
            meters.initialised();
        }
        LOG.atInfo().addKeyValue("component", change.name()).log("component {}", change.kind());
        return true;
    }

    private boolean failed(Change change, Throwable cause) {
        if (!stopped) {
            meters.failed(change.name());
            LOG.atLevel(change.ignoresErrors() ? Level.WARN : Level.ERROR)
                    .addKeyValue("component", change.name())
                    .setCause(cause)
                    .log("component {} in its file, but that cannot be done", change.kind());
        }
        return false;
    }

    private static boolean isOutput(@Nullable KafkaBinding binding) {
        return binding != null && binding.isOutput();
    }

    private static boolean isInput(@Nullable KafkaBinding binding) {
        return binding != null && binding.isInput();
    }
}
