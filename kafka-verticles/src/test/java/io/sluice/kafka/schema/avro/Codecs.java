package io.sluice.kafka.schema.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** The codec in both forms, and Avro's own reader and writer in plain code. */
final class Codecs {
    private Codecs() {}

    static AvroCodec plain(String schema) {
        return codec(schema(schema), false);
    }

    static AvroCodec avroJson(String schema) {
        return codec(schema(schema), true);
    }

    static AvroCodec codec(Schema schema, boolean avroJson) {
        try {
            return AvroCodec.of(schema, avroJson);
        } catch (InvalidSchemaException e) {
            throw new AssertionError(e);
        }
    }

    static Schema schema(String text) {
        try {
            return SchemaText.parse(text, List.of());
        } catch (InvalidSchemaException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] encode(AvroCodec codec, String json) throws AvroMismatch {
        return codec.encode(json.getBytes(StandardCharsets.UTF_8), 0);
    }

    static String decode(AvroCodec codec, byte[] avro) throws AvroMismatch {
        return new String(codec.decodeToJson(avro, 0), StandardCharsets.UTF_8);
    }

    /** There and back. */
    static String roundTrip(AvroCodec codec, String json) throws AvroMismatch {
        return decode(codec, encode(codec, json));
    }

    static Object read(Schema schema, byte[] avro) throws IOException {
        var reader = new GenericDatumReader<Object>(schema, schema, new GenericData());
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(avro, null);
        Object datum = reader.read(null, in);
        if (!in.isEnd()) {
            throw new AssertionError("bytes left over");
        }
        return datum;
    }

    static byte[] write(Schema schema, Object datum) throws IOException {
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<Object>(schema, new GenericData()).write(datum, out);
        out.flush();
        return bytes.toByteArray();
    }
}
