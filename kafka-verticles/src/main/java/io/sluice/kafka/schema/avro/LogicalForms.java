package io.sluice.kafka.schema.avro;

import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which logical types have a form of their own in plain JSON. The others, and the unknown, look like their base. */
final class LogicalForms {
    private LogicalForms() {}

    /**
     * @return null when values look like those of the base
     */
    static @Nullable AvroType of(Schema schema, AvroType base) throws InvalidSchemaException {
        LogicalType logical = schema.getLogicalType();
        if (logical == null) {
            return null;
        }
        return null;
    }
}
