package io.sluice.kafka.schema.registry;

import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of one binding: those that are known at once, the others from its registry. Whoever asks for the same schema
 * while it is looked up waits for the same answer.
 *
 * <p>A latest version that has expired is looked up again; while that fails or takes long, the old one is used. Safe for
 * use from any thread.
 */
public final class SchemaRegistry {
    /** As Dapr's client. */
    private static final long ANSWER_WITHIN_MS = 5_000;
    /** While the registry is out of reach, whether or not somebody wants a schema: what has ended is to be told. */
    private static final long ASK_AGAIN_AFTER_MS = 2_000;
    /** How long calls wait for a new version while there is an old one. */
    private static final long REFRESH_WITHIN_MS = 500;

    private final Vertx vertx;
    private final SchemaLoader loader;
    private final RegistryClient client;
    private final SchemaMetrics metrics;
    private final RegistryTrouble trouble;
    private final @Nullable SchemaCache cache;
    private final Map<SchemaKey, Future<WriterSchema>> underway = new HashMap<>();
    private boolean askingAgain;
    private boolean closed;

    private SchemaRegistry(
            Vertx vertx,
            SchemaLoader loader,
            RegistryClient client,
            SchemaMetrics metrics,
            RegistryTrouble trouble,
            @Nullable SchemaCache cache) {
        this.vertx = vertx;
        this.loader = loader;
        this.client = client;
        this.metrics = metrics;
        this.trouble = trouble;
        this.cache = cache;
    }

    /**
     * Asks nothing yet.
     *
     * @param metrics not asked for without a registry; they outlive it
     * @param health gets why the registry is out of reach, empty when it is no more; on any thread
     * @return null when the settings name no registry
     */
    public static @Nullable SchemaRegistry of(
            Vertx vertx,
            String binding,
            SchemaSettings settings,
            Supplier<SchemaMetrics> metrics,
            Consumer<String> health) {
        Registry registry = settings.registry();
        if (registry == null) {
            return null;
        }
        var http = new RegistryHttp(vertx, registry, ANSWER_WITHIN_MS);
        long patience = TimeUnit.MILLISECONDS.toNanos(ANSWER_WITHIN_MS);
        var client = new RegistryClient(vertx, http, registry.urls(), patience);
        return new SchemaRegistry(
                vertx,
                new SchemaLoader(vertx, client, settings.useAvroJson()),
                client,
                metrics.get(),
                new RegistryTrouble(binding, health),
                settings.cachingEnabled()
                        ? new SchemaCache(settings.latestVersionCacheTtl().toNanos(), System::nanoTime)
                        : null);
    }

    /** The schema, if it can be used without asking the registry. */
    public @Nullable WriterSchema known(SchemaKey key) {
        WriterSchema schema = cache == null ? null : cache.fresh(key);
        if (schema != null) {
            metrics.hit();
        }
        return schema;
    }

    /** The schema from the registry; fails with a {@link LookupFailure}. May complete on any thread. */
    public Future<WriterSchema> find(SchemaKey key) {
        WriterSchema old = cache == null ? null : cache.any(key);
        if (cache == null || old == null) {
            return lookUp(key);
        }
        return lookUp(key).timeout(REFRESH_WITHIN_MS, TimeUnit.MILLISECONDS).otherwise(cause -> {
            cache.extend(key);
            return old;
        });
    }

    private Future<WriterSchema> lookUp(SchemaKey key) {
        Promise<WriterSchema> promise = Promise.promise();
        synchronized (this) {
            Future<WriterSchema> same = underway.get(key);
            if (same != null) {
                return same;
            }
            LookupFailure recent = cache == null ? null : cache.failure(key);
            if (recent != null) {
                return Future.failedFuture(recent);
            }
            underway.put(key, promise.future());
        }
        long askedAt = System.nanoTime();
        // Composed, so that a client that is closed fails the lookup like anything else.
        Future.succeededFuture()
                .compose(v -> loader.load(key, this::prepared))
                .onComplete(result -> end(key, askedAt, result, promise));
        return promise.future();
    }

    private @Nullable WriterSchema prepared(int id) {
        return cache == null ? null : cache.any(new SchemaKey.Id(id));
    }

    private void end(SchemaKey key, long askedAt, AsyncResult<WriterSchema> result, Promise<WriterSchema> promise) {
        long took = System.nanoTime() - askedAt;
        if (result.succeeded()) {
            metrics.found(took);
            trouble.ended();
        } else {
            LookupFailure failure = LookupFailure.of(result.cause());
            metrics.failed(failure.kind(), took);
            trouble.failed(failure);
            askAgain(key);
        }
        if (cache != null) {
            remember(cache, key, askedAt, result);
        }
        synchronized (this) {
            underway.remove(key);
        }
        if (result.succeeded()) {
            promise.complete(result.result());
        } else {
            promise.fail(LookupFailure.of(result.cause()));
        }
    }

    private static void remember(SchemaCache cache, SchemaKey key, long askedAt, AsyncResult<WriterSchema> result) {
        if (result.succeeded()) {
            cache.put(key, result.result(), askedAt);
            cache.put(new SchemaKey.Id(result.result().id()), result.result(), askedAt);
        } else {
            cache.putFailure(key, LookupFailure.of(result.cause()));
        }
    }

    private synchronized void askAgain(SchemaKey key) {
        if (!askingAgain && !closed && trouble.lasts()) {
            askingAgain = true;
            vertx.setTimer(ASK_AGAIN_AFTER_MS, due -> Future.succeededFuture()
                    .compose(v -> loader.load(key, this::prepared))
                    .onComplete(result -> askedAgain(key, result)));
        }
    }

    private void askedAgain(SchemaKey key, AsyncResult<WriterSchema> result) {
        synchronized (this) {
            askingAgain = false;
            if (closed) {
                return;
            }
        }
        if (result.succeeded()) {
            trouble.ended();
        } else {
            trouble.failed(LookupFailure.of(result.cause()));
            askAgain(key);
        }
    }

    public Future<Void> close() {
        synchronized (this) {
            closed = true;
        }
        return client.close();
    }
}
