package io.sluice.bench.floor;

import io.sluice.bench.load.OrderSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** The tree copied into Avro's generic record, which Avro's own writer writes. For one thread: it keeps its encoder. */
final class AvroForm implements ValueForm {
    private final Schema schema = new Schema.Parser().parse(OrderSchema.TEXT);
    private final GenericDatumWriter<Object> writer = new GenericDatumWriter<>(schema);
    private @Nullable BinaryEncoder encoder;

    @Override
    public byte[] bytes(JsonObject data) {
        var bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, OrderSchema.ID).array());
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        try {
            writer.write(record(schema, data), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Object value(Schema type, Object json) {
        return switch (type.getType()) {
            case RECORD -> record(type, (JsonObject) json);
            case ARRAY -> array(type.getElementType(), (JsonArray) json);
            case INT -> ((Number) json).intValue();
            case LONG -> ((Number) json).longValue();
            case DOUBLE -> ((Number) json).doubleValue();
            case STRING -> json;
            default -> throw new IllegalArgumentException("no orders have a " + type.getType());
        };
    }

    private static GenericRecord record(Schema type, JsonObject json) {
        var record = new GenericData.Record(type);
        for (Schema.Field field : type.getFields()) {
            record.put(field.pos(), value(field.schema(), json.getValue(field.name())));
        }
        return record;
    }

    private static Object array(Schema items, JsonArray json) {
        var array = new ArrayList<>(json.size());
        for (Object item : json) {
            array.add(value(items, item));
        }
        return array;
    }
}
