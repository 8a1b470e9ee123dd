package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Members;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** A map. A key that comes twice stays twice: to whoever reads it, the last one counts, in Avro as in JSON. */
final class MapType implements AvroType {
    private final AvroType values;

    MapType(AvroType values) {
        this.values = values;
    }

    @Override
    public String name() {
        return "map";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.OBJECT;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (!(value instanceof Members map)) {
            return Fit.NONE;
        }
        Fit fit = Fit.EXACT;
        for (int i = 0; i < map.values().size() && !fit.isNone(); i++) {
            fit = fit.and(values.fit(map.values().get(i), choices));
        }
        return fit;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (!(value instanceof Members map)) {
            throw mismatch(value);
        }
        out.enter();
        int size = map.names().size();
        if (size > 0) {
            out.writeLong(size);
            for (int i = 0; i < size; i++) {
                out.writeString(map.names().get(i));
                writeValue(map.names().get(i), map.values().get(i), out);
            }
        }
        out.writeLong(0);
        out.leave();
    }

    private void writeValue(String key, JsonValue value, AvroOutput out) throws AvroMismatch {
        try {
            values.write(value, out);
        } catch (AvroMismatch e) {
            throw e.inMember(key);
        }
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        out.writeStartObject();
        for (long block = in.readMapStart(); block > 0; block = in.mapNext()) {
            for (long i = 0; i < block; i++) {
                out.writeFieldName(in.readString());
                values.read(in, out);
            }
        }
        out.writeEndObject();
    }
}
