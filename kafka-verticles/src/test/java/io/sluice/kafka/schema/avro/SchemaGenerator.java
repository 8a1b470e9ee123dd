package io.sluice.kafka.schema.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** Makes schemas of every type, always with a record around; the same ones for the same seed. */
final class SchemaGenerator {
    private static final int DEEPEST = 3;

    private final Random random;
    private final boolean clearUnions;
    private final List<Schema> around = new ArrayList<>();
    private int names;

    /**
     * @param clearUnions whether a union has one branch for each kind of JSON value
     */
    SchemaGenerator(Random random, boolean clearUnions) {
        this.random = random;
        this.clearUnions = clearUnions;
    }

    Schema next() {
        return record(0);
    }

    private Schema record(int depth) {
        Schema record = Schema.createRecord(name("R"), null, random.nextBoolean() ? "a.b" : null, false);
        around.add(record);
        var fields = new ArrayList<Schema.Field>();
        for (int i = random.nextInt(depth == 0 ? 6 : 4); i >= 0; i--) {
            fields.add(field("f" + fields.size(), any(depth + 1)));
        }
        around.remove(record);
        record.setFields(fields);
        return record;
    }

    private Schema.Field field(String name, Schema schema) {
        Object byDefault = random.nextInt(3) == 0 ? byDefault(schema) : null;
        var field =
                byDefault == null ? new Schema.Field(name, schema) : new Schema.Field(name, schema, null, byDefault);
        if (random.nextInt(5) == 0) {
            field.addAlias(name + "alias");
        }
        return field;
    }

    private static Object byDefault(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> JsonProperties.NULL_VALUE;
            case BOOLEAN -> true;
            case INT -> -7;
            case LONG -> 1L << 40;
            case FLOAT -> 0.25f;
            case DOUBLE -> 0.1;
            case STRING -> schema.getLogicalType() == null ? "dé\"fault" : null;
            case ENUM -> schema.getEnumSymbols().get(0);
            case ARRAY -> List.of();
            case UNION -> byDefault(schema.getTypes().get(0));
            default -> null;
        };
    }

    private Schema any(int depth) {
        int kind = random.nextInt(depth >= DEEPEST ? 12 : 18);
        if (kind < 9) {
            return leaf();
        }
        return switch (kind) {
            case 9 -> logical();
            case 10, 11 -> recursion();
            case 12 -> Schema.createArray(any(depth + 1));
            case 13 -> Schema.createMap(any(depth + 1));
            case 14, 15 -> record(depth);
            default -> union(depth);
        };
    }

    private Schema leaf() {
        return switch (random.nextInt(10)) {
            case 0 -> Schema.createFixed(name("F"), null, null, random.nextInt(5));
            case 1 -> Schema.createEnum(name("E"), null, "c.d", List.of("A", "B", "none"));
            case 2 -> Schema.create(Type.NULL);
            case 3 -> Schema.create(Type.BOOLEAN);
            case 4 -> Schema.create(Type.INT);
            case 5 -> Schema.create(Type.LONG);
            case 6 -> Schema.create(Type.FLOAT);
            case 7 -> Schema.create(Type.DOUBLE);
            case 8 -> Schema.create(Type.BYTES);
            default -> Schema.create(Type.STRING);
        };
    }

    private Schema logical() {
        List<Supplier<Schema>> all = List.of(
                () -> LogicalTypes.date().addToSchema(Schema.create(Type.INT)),
                () -> LogicalTypes.timeMillis().addToSchema(Schema.create(Type.INT)),
                () -> LogicalTypes.timeMicros().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.timestampNanos().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.localTimestampNanos().addToSchema(Schema.create(Type.LONG)),
                () -> LogicalTypes.decimal(20, 3).addToSchema(Schema.create(Type.BYTES)),
                () -> LogicalTypes.decimal(18, 6).addToSchema(Schema.createFixed(name("D"), null, null, 9)),
                () -> LogicalTypes.bigDecimal().addToSchema(Schema.create(Type.BYTES)),
                () -> LogicalTypes.uuid().addToSchema(Schema.create(Type.STRING)),
                () -> LogicalTypes.uuid().addToSchema(Schema.createFixed(name("U"), null, null, 16)),
                () -> LogicalTypes.duration().addToSchema(Schema.createFixed(name("P"), null, null, 12)));
        return all.get(random.nextInt(all.size())).get();
    }

    private Schema recursion() {
        Schema record = around.get(random.nextInt(around.size()));
        return switch (random.nextInt(3)) {
            case 0 -> Schema.createArray(record);
            case 1 -> Schema.createMap(record);
            default -> Schema.createUnion(Schema.create(Type.NULL), record);
        };
    }

    private Schema union(int depth) {
        var branches = new ArrayList<Schema>();
        if (random.nextBoolean()) {
            branches.add(Schema.create(Type.NULL));
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            Schema branch = any(depth + 1);
            if (branch.getType() != Type.UNION && branches.stream().noneMatch(other -> collide(branch, other))) {
                branches.add(branch);
            }
        }
        return branches.isEmpty() ? leaf() : Schema.createUnion(branches);
    }

    private boolean collide(Schema one, Schema other) {
        if (clearUnions) {
            return shapes(one).chars().anyMatch(shape -> shapes(other).indexOf(shape) >= 0);
        }
        return one.getFullName().equals(other.getFullName());
    }

    /** The kinds of JSON values that a type takes, a letter each. */
    private static String shapes(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> "0";
            case BOOLEAN -> "b";
            case INT, LONG, FLOAT, DOUBLE -> "ns";
            case STRING, ENUM -> "s";
            case BYTES, FIXED -> schema.getLogicalType() == null ? "s" : "ns";
            case ARRAY -> "a";
            case MAP, RECORD -> "o";
            case UNION -> throw new IllegalArgumentException("a union in a union");
        };
    }

    private String name(String prefix) {
        return prefix + names++;
    }
}
