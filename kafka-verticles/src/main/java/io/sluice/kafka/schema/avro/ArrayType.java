package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Items;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;

/** An array. */
final class ArrayType implements AvroType {
    private final AvroType items;

    ArrayType(AvroType items) {
        this.items = items;
    }

    @Override
    public String name() {
        return "array";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.ARRAY;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (!(value instanceof Items array)) {
            return Fit.NONE;
        }
        Fit fit = Fit.EXACT;
        for (int i = 0; i < array.values().size() && !fit.isNone(); i++) {
            fit = fit.and(items.fit(array.values().get(i), choices));
        }
        return fit;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (!(value instanceof Items array)) {
            throw mismatch(value);
        }
        out.enter();
        List<JsonValue> values = array.values();
        if (!values.isEmpty()) {
            out.writeLong(values.size());
            for (int i = 0; i < values.size(); i++) {
                writeItem(values.get(i), i, out);
            }
        }
        out.writeLong(0);
        out.leave();
    }

    private void writeItem(JsonValue value, int index, AvroOutput out) throws AvroMismatch {
        try {
            items.write(value, out);
        } catch (AvroMismatch e) {
            throw e.inItem(index);
        }
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        out.writeStartArray();
        for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
            for (long i = 0; i < block; i++) {
                items.read(in, out);
            }
        }
        out.writeEndArray();
    }
}
