package io.sluice.kafka.schema.avro;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which logical types have a form of their own in plain JSON. The others, and the unknown, look like their base. */
final class LogicalForms {
    private LogicalForms() {}

    /**
     * @return null when values look like those of the base
     */
    static @Nullable AvroType of(Schema schema) throws InvalidSchemaException {
        LogicalType logical = schema.getLogicalType();
        if (logical == null) {
            return null;
        }
        boolean isFixed = schema.getType() == Schema.Type.FIXED;
        return switch (logical.getName()) {
            case "decimal" -> decimal((Decimal) logical, isFixed ? schema.getFixedSize() : null);
            case "big-decimal" -> new BigDecimalType();
            case "uuid" -> isFixed ? new UuidFixedType() : new UuidType();
            case "duration" -> new DurationType();
            default -> temporal(logical.getName());
        };
    }

    private static @Nullable AvroType temporal(String logicalType) {
        for (Temporal temporal : Temporal.values()) {
            if (temporal.logicalType().equals(logicalType)) {
                return new TemporalType(temporal);
            }
        }
        return null;
    }

    private static AvroType decimal(Decimal decimal, @Nullable Integer size) throws InvalidSchemaException {
        if (decimal.getScale() > JsonLimits.MOST_DIGITS) {
            throw new InvalidSchemaException("a decimal has a scale above " + JsonLimits.MOST_DIGITS);
        }
        return new DecimalType(decimal.getPrecision(), decimal.getScale(), size);
    }
}
