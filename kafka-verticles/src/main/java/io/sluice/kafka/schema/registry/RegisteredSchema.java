package io.sluice.kafka.schema.registry;

import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.sluice.kafka.schema.registry.SchemaKey.Version;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as the registry has it.
 *
 * @param type {@code AVRO}, {@code JSON}, {@code PROTOBUF}
 * @param text in the type's own syntax
 * @param references the schemas whose names it uses
 */
record RegisteredSchema(int id, String type, String text, List<Version> references) {
    private static final String AVRO = "AVRO";

    /**
     * @param key what was asked for
     * @throws LookupFailure when this is not the answer to such a question
     */
    static RegisteredSchema parse(SchemaKey key, JsonObject json) {
        boolean hasText = json.getValue("schema") instanceof String;
        boolean hasId = key instanceof Id || json.getValue("id") instanceof Number;
        if (!hasText || !hasId) {
            throw LookupFailure.unavailable("schema registry: the answer has no schema");
        }
        int id = key instanceof Id byId ? byId.number() : json.getInteger("id");
        Object type = json.getValue("schemaType");
        return new RegisteredSchema(
                id,
                // A registry does not mention the type of old.
                type instanceof String given ? given : AVRO,
                json.getString("schema"),
                references(json.getValue("references")));
    }

    private static List<Version> references(Object value) {
        var references = new ArrayList<Version>();
        if (value instanceof JsonArray items) {
            for (Object item : items) {
                references.add(reference(item));
            }
        }
        return references;
    }

    private static Version reference(Object item) {
        if (item instanceof JsonObject json
                && json.getValue("subject") instanceof String subject
                && json.getValue("version") instanceof Number version) {
            return new Version(subject, version.intValue());
        }
        throw LookupFailure.unavailable("schema registry: the answer has a reference without subject and version");
    }

    /** @throws LookupFailure when values cannot be encoded with it */
    RegisteredSchema requireAvro() {
        if (!AVRO.equalsIgnoreCase(type)) {
            throw LookupFailure.unusable(
                    "schema " + id + " is of type " + shown(type) + ": only Avro schemas can be used");
        }
        return this;
    }

    private static String shown(String type) {
        return type.length() <= 20 && type.chars().allMatch(c -> c > ' ' && c < 127) ? type : "unknown";
    }
}
