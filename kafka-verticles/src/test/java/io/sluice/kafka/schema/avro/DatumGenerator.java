package io.sluice.kafka.schema.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Conversions.BigDecimalConversion;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** Makes values of a schema, as {@code GenericDatumReader} would: with the extremes of each type. */
final class DatumGenerator {
    private static final long[] LONGS = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1, 1_700_000_000_123L};
    private static final int[] INTS = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 19_000};
    private static final double[] DOUBLES = {
        0, -0.0, 0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
    };
    private static final List<String> STRINGS =
            List.of("", "text", "null", "NaN", "P1Dx", "\"\\/\b\f\n\r\t\0", "é\u0080ÿ", "\u20ac😀\ufffd", "12.50");
    private static final int DEEPEST = 8;

    private final Random random;

    DatumGenerator(Random random) {
        this.random = random;
    }

    Object next(Schema schema) {
        return any(schema, 0);
    }

    private Object any(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextBoolean() ? random.nextInt() : INTS[random.nextInt(INTS.length)];
            case LONG -> random.nextBoolean() ? random.nextLong() : LONGS[random.nextInt(LONGS.length)];
            case FLOAT -> (float) floating();
            case DOUBLE -> floating();
            case BYTES -> ByteBuffer.wrap(bytes(schema));
            case STRING -> new Utf8(string(schema));
            case FIXED -> new GenericData.Fixed(schema, fixed(schema));
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> array(schema, depth);
            case MAP -> map(schema, depth);
            case RECORD -> record(schema, depth);
            case UNION -> union(schema, depth);
        };
    }

    private double floating() {
        return switch (random.nextInt(4)) {
            case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
            case 1 -> random.nextInt();
            case 2 -> random.nextInt() / 1024.0;
            default -> {
                double bits = Double.longBitsToDouble(random.nextLong());
                yield Double.isNaN(bits) ? Double.NaN : bits;
            }
        };
    }

    private String string(Schema schema) {
        if (schema.getLogicalType() != null) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        return STRINGS.get(random.nextInt(STRINGS.size()));
    }

    private byte[] bytes(Schema schema) {
        if (schema.getLogicalType() instanceof Decimal decimal) {
            return unscaled(decimal).toByteArray();
        }
        if (schema.getLogicalType() != null) {
            var number = new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(40) - 20);
            return new BigDecimalConversion()
                    .toBytes(number, schema, schema.getLogicalType())
                    .array();
        }
        var bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    private BigInteger unscaled(Decimal decimal) {
        int digits = random.nextInt(decimal.getPrecision() + 1);
        BigInteger number = new BigInteger(64, random).mod(BigInteger.TEN.pow(digits));
        return random.nextBoolean() ? number : number.negate();
    }

    private byte[] fixed(Schema schema) {
        var bytes = new byte[schema.getFixedSize()];
        if (schema.getLogicalType() instanceof Decimal decimal) {
            byte[] number = unscaled(decimal).toByteArray();
            Arrays.fill(bytes, (byte) (number[0] < 0 ? -1 : 0));
            System.arraycopy(number, 0, bytes, bytes.length - number.length, number.length);
        } else {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private Object array(Schema schema, int depth) {
        var array = new ArrayList<>();
        for (int i = size(depth); i > 0; i--) {
            array.add(any(schema.getElementType(), depth + 1));
        }
        return array;
    }

    private Object map(Schema schema, int depth) {
        var map = new LinkedHashMap<Utf8, Object>();
        for (int i = size(depth); i > 0; i--) {
            map.put(new Utf8(STRINGS.get(random.nextInt(STRINGS.size()))), any(schema.getValueType(), depth + 1));
        }
        return map;
    }

    private int size(int depth) {
        return depth > DEEPEST ? 0 : random.nextInt(3);
    }

    private Object record(Schema schema, int depth) {
        var record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            boolean byDefault = field.hasDefaultValue() && random.nextInt(3) == 0;
            Object value = byDefault ? new GenericData().getDefaultValue(field) : any(field.schema(), depth + 1);
            record.put(field.pos(), value);
        }
        return record;
    }

    private Object union(Schema schema, int depth) {
        List<Schema> branches = schema.getTypes();
        boolean stops = depth > DEEPEST && branches.get(0).getType() == Type.NULL;
        return stops ? null : any(branches.get(random.nextInt(branches.size())), depth + 1);
    }
}
