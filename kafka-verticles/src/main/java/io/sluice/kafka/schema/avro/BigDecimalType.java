package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.Conversions.BigDecimalConversion;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** A decimal that carries its own scale, in plain JSON: a number, or the text of one. */
final class BigDecimalType implements AvroType {
    private static final Schema BASE = Schema.create(Schema.Type.BYTES);

    private final BigDecimalConversion conversion = new BigDecimalConversion();

    @Override
    public String name() {
        return "big-decimal";
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.NUMBER || shape == Shape.STRING;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        if (Decimals.of(value) == null) {
            return Fit.NONE;
        }
        return value.shape() == Shape.NUMBER ? Fit.EXACT : Fit.CONVERTED;
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        BigDecimal number = Decimals.of(value);
        if (number == null) {
            throw mismatch(value);
        }
        out.writeBytes(
                conversion.toBytes(number, BASE, LogicalTypes.bigDecimal()).array());
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        BinaryDecoder parts =
                DecoderFactory.get().binaryDecoder(in.readBytes(null).array(), null);
        BigInteger unscaled = Decimals.unscaled(parts.readBytes(null).array());
        // Not its plain text: that has as many zeros as the data say.
        out.writeNumber(new BigDecimal(unscaled, parts.readInt()).toString());
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.STRING ? "a string that is no number" : shape.words();
    }
}
