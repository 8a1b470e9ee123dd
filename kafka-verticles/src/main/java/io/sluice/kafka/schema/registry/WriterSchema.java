package io.sluice.kafka.schema.registry;

import io.sluice.kafka.schema.avro.AvroCodec;
import io.sluice.kafka.schema.avro.AvroMismatch;

/**
 * A schema that the registry knows, ready for use. Immutable.
 *
 * @param id the registry's number of it
 */
public record WriterSchema(int id, AvroCodec codec) {

    /**
     * The value that a JSON text stands for, as it goes to Kafka.
     *
     * @param json in UTF-8
     * @throws AvroMismatch when the text does not fit the schema
     */
    public byte[] encode(byte[] json) throws AvroMismatch {
        byte[] framed = codec.encode(json, WireFormat.HEADER);
        WireFormat.frame(framed, id);
        return framed;
    }

    /**
     * The JSON text, in UTF-8, of a value from Kafka.
     *
     * @throws AvroMismatch when the bytes are not what the schema writes
     */
    public byte[] decode(byte[] framed) throws AvroMismatch {
        return codec.decodeToJson(framed, WireFormat.HEADER);
    }
}
