package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.listOf;
import static io.sluice.core.component.field.FieldTypes.secret;
import static io.sluice.core.component.field.FieldTypes.text;
import static io.sluice.core.component.field.FieldTypes.url;
import static java.util.Map.entry;

import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The schema registry. */
final class SchemaFields {
    private static final String LATER = "Avro";

    static final Field<List<URI>> REGISTRY_URL = Field.seed("schemaRegistryURL", listOf("http or https URLs", url()))
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("The schema registry.");

    static final Field<String> API_KEY = Field.seed("schemaRegistryAPIKey", text())
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("User name at the schema registry.");

    static final Field<Secret> API_SECRET = Field.seed("schemaRegistryAPISecret", secret())
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("Password at the schema registry.");

    static final Field<Boolean> CACHING = Field.seed("schemaCachingEnabled", bool())
            .defaultsTo("true")
            .effectComesWith(LATER)
            .means("Whether schemas are kept once they are known.");

    static final Field<Duration> CACHE_TTL = Field.seed(
                    "schemaLatestVersionCacheTTL", duration(ChronoUnit.SECONDS, Duration.ZERO))
            .defaultsTo("5m")
            .effectComesWith(LATER)
            .means("How long the latest version of a schema stays known.");

    static final Field<Boolean> AVRO_JSON = Field.dapr("useAvroJSON", bool())
            .defaultsTo("false")
            .effectComesWith(LATER)
            .means("Whether JSON is in Avro's own JSON encoding.");

    static final Field<ValueSchemaType> VALUE_TYPE = Field.sluice(
                    "valueSchemaType", choice(entry("None", ValueSchemaType.NONE), entry("Avro", ValueSchemaType.AVRO)))
            .defaultsTo("None")
            .effectComesWith(LATER)
            .means("How values are encoded unless a request says otherwise, and decoded on delivery.");

    static final List<Field<?>> ALL =
            List.of(REGISTRY_URL, API_KEY, API_SECRET, CACHING, CACHE_TTL, AVRO_JSON, VALUE_TYPE);

    private SchemaFields() {}

    static SchemaSettings read(Fields fields) {
        ValueSchemaType type = fields.value(VALUE_TYPE);
        if (type == ValueSchemaType.AVRO && !fields.has(REGISTRY_URL)) {
            fields.error(VALUE_TYPE, "\"Avro\" without a schema registry (must have the field schemaRegistryURL)");
        }
        if (type == ValueSchemaType.AVRO) {
            fields.warn(
                    VALUE_TYPE,
                    "this version does not read or write Avro: calls are refused, and records are delivered as they are");
        }
        warnOfHalfACredential(fields);
        var settings = new SchemaSettings(
                fields.valueOr(REGISTRY_URL, List.of()),
                fields.optional(API_KEY),
                fields.optional(API_SECRET),
                fields.value(CACHING),
                fields.value(CACHE_TTL),
                fields.value(AVRO_JSON),
                type);
        if (!fields.has(REGISTRY_URL)) {
            warnOfNoRegistry(fields);
        }
        return settings;
    }

    private static void warnOfHalfACredential(Fields fields) {
        if (fields.has(API_KEY) != fields.has(API_SECRET)) {
            Field<?> lonely = fields.has(API_KEY) ? API_KEY : API_SECRET;
            Field<?> missing = fields.has(API_KEY) ? API_SECRET : API_KEY;
            fields.warn(lonely, "has no effect without " + missing.name());
        }
    }

    private static void warnOfNoRegistry(Fields fields) {
        for (Field<?> field : List.of(API_KEY, API_SECRET, CACHING, CACHE_TTL)) {
            if (fields.has(field)) {
                fields.warn(field, "is not used: schemaRegistryURL is not set");
            }
        }
    }
}
