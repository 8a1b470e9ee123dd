package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** One type of a schema: how its values are written and read. Immutable once the schema is compiled. */
interface AvroType {
    /** As messages name it: {@code int}, {@code enum shop.Suit}. */
    String name();

    /** Whether some values of this shape may fit. */
    boolean takes(Shape shape);

    /** How well a value of a shape that it takes fits; asked when a union has several branches for it. */
    Fit fit(JsonValue value, Choices choices);

    /**
     * @throws AvroMismatch when the value does not fit; what is written by then is of no use
     */
    void write(JsonValue value, AvroOutput out) throws AvroMismatch;

    /**
     * @throws IOException when the data ends too early, or is malformed
     */
    void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch;

    /** How messages name a value of this shape that does not fit. */
    default String misfit(Shape shape) {
        return shape.words();
    }

    /** For a value that does not fit. */
    default AvroMismatch mismatch(JsonValue value) {
        return AvroMismatch.expected(name(), misfit(value.shape()));
    }
}
