package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.avro.io.BinaryDecoder;

/** A date or a time in plain JSON: its number, as Dapr has it; ISO 8601 text is taken too. */
final class TemporalType implements AvroType {
    private final Temporal temporal;
    private final IntegerType number;

    TemporalType(Temporal temporal) {
        this.temporal = temporal;
        this.number = temporal.base();
    }

    @Override
    public String name() {
        return number.name();
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING || number.takes(shape);
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (!(value instanceof Text text)) {
            return number.fit(value, choices);
        }
        return temporal.parse(text.value()).isPresent() ? Fit.CONVERTED : Fit.NONE;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        if (!(value instanceof Text text)) {
            number.write(value, out);
            return;
        }
        OptionalLong parsed = temporal.parse(text.value());
        if (parsed.isEmpty()) {
            throw mismatch(value);
        }
        number.write(new Whole(parsed.getAsLong()), out);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException {
        number.read(in, out);
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING
                ? "a string that is no ISO 8601 text of this type and precision"
                : number.misfit(shape);
    }
}
