package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.io.SerializedString;
import io.sluice.kafka.schema.avro.NamedUnion.Branch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.util.internal.Accessor;
import org.jspecify.annotations.Nullable;

/** Turns a schema into types that write and read without looking at it again. Of one compilation. */
final class SchemaCompiler {
    /** By identity: comparing schemas walks through all of them. */
    private final Map<JsonForm, Map<Schema, AvroType>> known = new EnumMap<>(JsonForm.class);

    private int depth;

    private SchemaCompiler() {
        for (JsonForm form : JsonForm.values()) {
            known.put(form, new IdentityHashMap<>());
        }
    }

    static AvroType compile(Schema schema, JsonForm form) throws InvalidSchemaException {
        return new SchemaCompiler().type(schema, form);
    }

    private AvroType type(Schema schema, JsonForm form) throws InvalidSchemaException {
        Map<Schema, AvroType> types = known.getOrDefault(form, new IdentityHashMap<>());
        AvroType type = types.get(schema);
        if (type != null) {
            return type;
        }
        if (++depth > JsonLimits.MOST_LEVELS) {
            throw new InvalidSchemaException("the schema is nested deeper than " + JsonLimits.MOST_LEVELS + " levels");
        }
        type = schema.getType() == Schema.Type.RECORD ? record(schema, form, types) : newType(schema, form);
        types.put(schema, type);
        depth--;
        return type;
    }

    private AvroType newType(Schema schema, JsonForm form) throws InvalidSchemaException {
        return switch (schema.getType()) {
            case ARRAY -> new ArrayType(type(schema.getElementType(), form));
            case MAP -> new MapType(type(schema.getValueType(), form));
            case UNION -> union(schema, form);
            default -> {
                AvroType logical = form.readsLogicalTypes() ? LogicalForms.of(schema) : null;
                yield logical == null ? leaf(schema) : logical;
            }
        };
    }

    private static AvroType leaf(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> new NullType();
            case BOOLEAN -> new BooleanType();
            case INT -> IntegerType.ofInt("int");
            case LONG -> IntegerType.ofLong("long");
            case FLOAT -> new FloatType();
            case DOUBLE -> new DoubleType();
            case BYTES -> new BytesType();
            case STRING -> new StringType();
            case FIXED -> new FixedType(schema.getFullName(), schema.getFixedSize());
            case ENUM -> new EnumType(schema);
            case ARRAY, MAP, RECORD, UNION -> throw new IllegalArgumentException("not a leaf: " + schema.getType());
        };
    }

    private AvroType union(Schema schema, JsonForm form) throws InvalidSchemaException {
        var types = new ArrayList<AvroType>();
        var named = new ArrayList<Branch>();
        for (Schema branch : schema.getTypes()) {
            AvroType type = type(branch, form);
            types.add(type);
            named.add(new Branch(new SerializedString(branch.getFullName()), alias(branch), type));
        }
        return form.namesBranches() ? new NamedUnion(named) : new BareUnion(types);
    }

    private static String alias(Schema branch) {
        LogicalType logical = branch.getLogicalType();
        return logical == null ? branch.getFullName() : branch.getType().getName() + "." + logical.getName();
    }

    private AvroType record(Schema schema, JsonForm form, Map<Schema, AvroType> types) throws InvalidSchemaException {
        var record = new RecordType(schema.getFullName());
        types.put(schema, record);
        var fields = new ArrayList<RecordField>();
        var aliases = new HashMap<String, Integer>();
        for (Schema.Field field : schema.getFields()) {
            for (String alias : field.aliases()) {
                aliases.put(alias, field.pos());
            }
            fields.add(new RecordField(
                    field.name(), new SerializedString(field.name()), type(field.schema(), form), byDefault(field)));
        }
        record.define(List.copyOf(fields), aliases);
        return record;
    }

    private RecordField.@Nullable Default byDefault(Schema.Field field) throws InvalidSchemaException {
        if (!field.hasDefaultValue()) {
            return null;
        }
        // Field.defaultVal() converts it to objects by guess; this is what stands in the schema.
        String json = Accessor.defaultValue(field).toString();
        try {
            JsonValue value = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            return new RecordField.Default(type(field.schema(), JsonForm.DEFAULT), value);
        } catch (AvroMismatch e) {
            throw new InvalidSchemaException("default of " + Names.quoted(field.name()) + ": " + e.detail());
        }
    }
}
