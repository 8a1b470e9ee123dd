package io.sluice.kafka.produce;

import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.schema.registry.SchemaKey;
import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.sluice.kafka.schema.registry.SchemaKey.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which schema a request's value is encoded with. The metadata's names match whatever their case, as in Dapr; the subject is
 * the topic's. No I/O.
 */
final class SchemaChoice {
    private static final String TYPE = "valueSchemaType";
    private static final String ID = "valueSchemaId";
    private static final String VERSION = "valueSchemaVersion";
    private static final String LATEST = "latest";

    private final SchemaSettings settings;
    private final Latest latest;

    SchemaChoice(SchemaSettings settings, String topic) {
        this.settings = settings;
        this.latest = new Latest(topic + "-value");
    }

    /**
     * @return null for a value that goes to Kafka as it is
     * @throws Refusal when the metadata makes no sense
     */
    @Nullable
    SchemaKey of(InvokeRequest request) {
        // A tombstone has no schema.
        if (request.value() == null) {
            return null;
        }
        Map<String, String> metadata = request.metadata();
        String type = entry(metadata, TYPE);
        if ((type == null ? settings.valueSchemaType() : parse(type)) == ValueSchemaType.NONE) {
            return null;
        }
        if (settings.registry() == null) {
            throw refusal(Reason.SCHEMA, "schema registry details not set");
        }
        return key(entry(metadata, ID), entry(metadata, VERSION));
    }

    private SchemaKey key(@Nullable String id, @Nullable String version) {
        if (id != null && version != null) {
            throw refusal(Reason.INVALID_METADATA, ID + " and " + VERSION + " exclude each other");
        }
        if (id != null) {
            return new Id(number(ID, id));
        }
        return version == null || version.equalsIgnoreCase(LATEST)
                ? latest
                : new Version(latest.subject(), number(VERSION, version));
    }

    private static int number(String name, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused like a number that is too small.
        }
        throw refusal(
                Reason.INVALID_METADATA,
                "invalid " + name + " metadata value \"" + text + "\": not a positive 32-bit integer");
    }

    private static ValueSchemaType parse(String text) {
        for (ValueSchemaType type : ValueSchemaType.values()) {
            if (type.name().equalsIgnoreCase(text)) {
                return type;
            }
        }
        throw refusal(Reason.SCHEMA, "error parsing schema type. '" + text + "' is not a supported value");
    }

    private static @Nullable String entry(Map<String, String> metadata, String name) {
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static Refusal refusal(Reason reason, String detail) {
        return new Refusal(new Failure(reason, detail));
    }
}
