package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.SerializableString;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record.
 *
 * @param json its name, as JSON has it
 * @param byDefault null when it has to be there
 */
record RecordField(
        String name,
        SerializableString json,
        AvroType type,
        @Nullable Default byDefault) {
    /**
     * What a missing field is taken for.
     *
     * @param type the field's, as a schema writes its defaults: {@link JsonForm#DEFAULT}
     */
    record Default(AvroType type, JsonValue value) {}

    /**
     * @param value null when it is missing
     */
    void write(@Nullable JsonValue value, AvroOutput out) throws AvroMismatch {
        if (value == null) {
            writeDefault(out);
            return;
        }
        try {
            type.write(value, out);
        } catch (AvroMismatch e) {
            throw e.inMember(name);
        }
    }

    private void writeDefault(AvroOutput out) throws AvroMismatch {
        if (byDefault == null) {
            throw new AvroMismatch("the field " + Names.quoted(name) + " is missing and has no default");
        }
        out.step();
        try {
            byDefault.type().write(byDefault.value(), out);
        } catch (AvroMismatch e) {
            throw new AvroMismatch("the field " + Names.quoted(name)
                    + " is missing, and its default in the schema is not of its type: " + e.detail());
        }
    }
}
