package io.sluice.kafka.schema.registry;

import io.sluice.kafka.schema.avro.AvroCodec;
import io.sluice.kafka.schema.avro.InvalidSchemaException;
import io.sluice.kafka.schema.avro.SchemaText;
import io.sluice.kafka.schema.registry.SchemaKey.Version;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Gets a schema with all that it refers to, and makes it ready for use. Safe for use from any thread. */
final class SchemaLoader {
    private static final int DEEPEST = 16;
    private static final int MOST = 100;

    private final Vertx vertx;
    private final RegistryClient client;
    private final boolean avroJson;

    /** @param avroJson whether JSON is in Avro's own JSON encoding */
    SchemaLoader(Vertx vertx, RegistryClient client, boolean avroJson) {
        this.vertx = vertx;
        this.client = client;
        this.avroJson = avroJson;
    }

    /**
     * Asks the registry.
     *
     * @param known the schema with an id if it was made ready before, else null
     * @return fails with a {@link LookupFailure}; completes on any thread
     */
    Future<WriterSchema> load(SchemaKey key, IntFunction<@Nullable WriterSchema> known) {
        return get(key).compose(schema -> {
            WriterSchema same = known.apply(schema.id());
            return same != null ? Future.succeededFuture(same) : compile(schema);
        });
    }

    private Future<RegisteredSchema> get(SchemaKey key) {
        return client.get(key.path())
                .map(json -> RegisteredSchema.parse(key, json).requireAvro());
    }

    private Future<WriterSchema> compile(RegisteredSchema schema) {
        var references = new References();
        return references
                .collect(schema.references(), new HashSet<>())
                // Large schemas take their time.
                .compose(v -> vertx.executeBlocking(() -> compile(schema, references.texts()), false));
    }

    private WriterSchema compile(RegisteredSchema schema, List<String> referred) {
        try {
            return new WriterSchema(schema.id(), AvroCodec.of(SchemaText.parse(schema.text(), referred), avroJson));
        } catch (InvalidSchemaException e) {
            throw LookupFailure.unusable("schema " + schema.id() + ": " + e.getMessage());
        }
    }

    /** What one schema refers to, each after what it refers to itself: the order in which they can be parsed. */
    private final class References {
        private final Map<Version, String> found = new LinkedHashMap<>();

        List<String> texts() {
            return new ArrayList<>(found.values());
        }

        /** @param path the schemas between here and where we began */
        Future<Void> collect(List<Version> references, Set<Version> path) {
            Future<Void> before = Future.succeededFuture();
            for (Version reference : references) {
                before = before.compose(v -> collect(reference, path));
            }
            return before;
        }

        private Future<Void> collect(Version reference, Set<Version> path) {
            if (found.containsKey(reference)) {
                return Future.succeededFuture();
            }
            if (path.contains(reference) || path.size() >= DEEPEST || found.size() >= MOST) {
                return Future.failedFuture(LookupFailure.unusable("the schema's references go in a circle, deeper than "
                        + DEEPEST + " levels, or to more than " + MOST + " schemas"));
            }
            var longer = new HashSet<>(path);
            longer.add(reference);
            return get(reference).compose(schema -> collect(schema.references(), longer)
                    .onSuccess(v -> found.put(reference, schema.text()))
                    .mapEmpty());
        }
    }
}
