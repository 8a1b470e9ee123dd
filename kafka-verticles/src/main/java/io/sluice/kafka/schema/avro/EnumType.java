package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/** An enum: its symbols. A number beyond them is read as the default symbol, if the enum has one. */
final class EnumType implements AvroType {
    private final String name;
    private final List<SerializedString> symbols;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final @Nullable String byDefault;

    EnumType(Schema schema) {
        this.name = "enum " + Names.printable(schema.getFullName());
        this.symbols =
                schema.getEnumSymbols().stream().map(SerializedString::new).toList();
        this.byDefault = schema.getEnumDefault();
        for (String symbol : schema.getEnumSymbols()) {
            indexes.put(symbol, indexes.size());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(index(value) != null);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        Integer index = index(value);
        if (index == null) {
            throw mismatch(value);
        }
        out.writeLong(index);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        int index = in.readEnum();
        if (index >= 0 && index < symbols.size()) {
            out.writeString(symbols.get(index));
        } else if (byDefault != null) {
            out.writeString(byDefault);
        } else {
            throw new AvroMismatch("malformed Avro data: " + name + " has no symbol " + index);
        }
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string that is none of its symbols" : shape.words();
    }

    private @Nullable Integer index(JsonValue value) {
        return value instanceof Text text ? indexes.get(text.value()) : null;
    }
}
