package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * JSON text to Avro binary and back, as one schema says. Immutable; any thread may use it, several at a time.
 *
 * <p>The schema is looked at once, when the codec is made. Work and memory of a call are bounded by the limits of {@link JsonLimits},
 * whatever the schema and the input say.
 */
public final class AvroCodec {
    private final AvroType root;

    private AvroCodec(AvroType root) {
        this.root = root;
    }

    /**
     * @param schema the writer's schema, as {@link SchemaText} parses it
     * @param avroJson whether the JSON is in the JSON encoding of Avro's specification, rather than plain; see {@link
     *     JsonForm}
     * @throws InvalidSchemaException when the schema is beyond a limit
     */
    public static AvroCodec of(Schema schema, boolean avroJson) throws InvalidSchemaException {
        return new AvroCodec(SchemaCompiler.compile(schema, avroJson ? JsonForm.AVRO_JSON : JsonForm.PLAIN));
    }

    /**
     * @param json one JSON value, UTF-8
     * @param prefixLength how many bytes are left free, and zero, in front of the Avro data
     * @return the prefix and the Avro data
     * @throws AvroMismatch when this is no JSON, or does not fit the schema
     */
    public byte[] encode(byte[] json, int prefixLength) throws AvroMismatch {
        var out = new AvroOutput(prefixLength, json.length);
        root.write(JsonReader.read(json), out);
        return out.toByteArray();
    }

    /**
     * @param framed Avro data behind a prefix
     * @param offset the length of the prefix
     * @return one JSON value, UTF-8
     * @throws AvroMismatch when this is no data of the schema: truncated, or with bytes left over, or malformed
     */
    public byte[] decodeToJson(byte[] framed, int offset) throws AvroMismatch {
        int length = framed.length - offset;
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(framed, offset, length, null);
        var json = new JsonBytes(length);
        try (JsonGenerator out = JsonLimits.FACTORY.createGenerator(json)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            read(in, out);
        } catch (JsonBytes.FullException e) {
            throw new AvroMismatch(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return json.toByteArray();
    }

    private void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        try {
            root.read(in, out);
        } catch (JsonBytes.FullException e) {
            throw e;
        } catch (StreamConstraintsException e) {
            throw new AvroMismatch("nested deeper than " + JsonLimits.MOST_LEVELS + " levels")
                    .at(out.getOutputContext());
        } catch (EOFException e) {
            throw new AvroMismatch("the Avro data ends too early").at(out.getOutputContext());
        } catch (IOException | AvroRuntimeException | UnsupportedOperationException e) {
            throw new AvroMismatch("malformed Avro data").at(out.getOutputContext());
        } catch (AvroMismatch e) {
            throw e.at(out.getOutputContext());
        }
        if (!in.isEnd()) {
            throw new AvroMismatch("bytes are left over behind the Avro data");
        }
    }
}
