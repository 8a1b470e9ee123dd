package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;

/** The codec against Avro's own reader and writer; each try is one seed, and a seed makes several schemas and values. */
class RoundTripPropertyTest {
    private static final int SEEDS = 500;
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int SCHEMAS_PER_SEED = DEEP ? 50 : 1;
    private static final int VALUES_PER_SCHEMA = 4;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Property(tries = SEEDS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatAClientSpellsIsWhatAvroWrites(@ForAll("seeds") long seed) throws Exception {
        var random = new Random(seed);
        forEachValue(random, true, (schema, datum) -> {
            String json = new Spelling(random).of(schema, datum);

            byte[] avro = told(schema, json, () -> Codecs.encode(Codecs.codec(schema, false), json));

            assertThat(avro).as("%s%n%s", schema, json).isEqualTo(Codecs.write(schema, datum));
            assertThat(Codecs.read(schema, avro)).as("%s%n%s", schema, json).isEqualTo(datum);
        });
    }

    @Property(tries = SEEDS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatAvroWroteComesBackFromItsPlainJson(@ForAll("seeds") long seed) throws Exception {
        forEachValue(new Random(seed), true, (schema, datum) -> {
            AvroCodec codec = Codecs.codec(schema, false);
            byte[] avro = Codecs.write(schema, datum);

            String json = Codecs.decode(codec, avro);

            assertThat(told(schema, json, () -> Codecs.encode(codec, json)))
                    .as("%s%n%s", schema, json)
                    .isEqualTo(avro);
        });
    }

    @Property(tries = SEEDS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whicheverBranchIsTakenTheJsonStaysTheSame(@ForAll("seeds") long seed) throws Exception {
        forEachValue(new Random(seed), false, (schema, datum) -> {
            AvroCodec codec = Codecs.codec(schema, false);
            String json = Codecs.decode(codec, Codecs.write(schema, datum));

            String again = told(schema, json, () -> Codecs.roundTrip(codec, json));

            assertThat(MAPPER.readTree(again).equals(RoundTripPropertyTest::compare, MAPPER.readTree(json)))
                    .as("%s%n%s%n%s", schema, json, again)
                    .isTrue();
        });
    }

    @Property(tries = SEEDS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void avroJsonIsUnderstoodByAvroAndTheOtherWayRound(@ForAll("seeds") long seed) throws Exception {
        forEachValue(new Random(seed), false, (schema, datum) -> {
            AvroCodec codec = Codecs.codec(schema, true);
            byte[] avro = Codecs.write(schema, datum);

            String json = Codecs.decode(codec, avro);

            assertThat(Codecs.encode(codec, json)).as("%s%n%s", schema, json).isEqualTo(avro);
            String theirs = avroJson(schema, datum);
            assertThat(told(schema, theirs, () -> Codecs.encode(codec, theirs)))
                    .as("%s%n%s", schema, theirs)
                    .isEqualTo(avro);
            assertThat(readAvroJson(schema, json)).as("%s%n%s", schema, json).isEqualTo(datum);
        });
    }

    private interface Check {
        void accept(Schema schema, Object datum) throws Exception;
    }

    private static void forEachValue(Random random, boolean clearUnions, Check check) throws Exception {
        for (int i = 0; i < SCHEMAS_PER_SEED; i++) {
            Schema schema = new SchemaGenerator(random, clearUnions).next();
            for (int j = 0; j < VALUES_PER_SCHEMA; j++) {
                check.accept(schema, new DatumGenerator(random).next(schema));
            }
        }
    }

    private interface Step<T> {
        T run() throws AvroMismatch;
    }

    private static <T> T told(Schema schema, String json, Step<T> step) {
        try {
            return step.run();
        } catch (AvroMismatch e) {
            throw new AssertionError(e.getMessage() + "\n" + schema + "\n" + json, e);
        }
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static String avroJson(Schema schema, Object datum) throws IOException {
        var bytes = new ByteArrayOutputStream();
        JsonEncoder out = EncoderFactory.get().jsonEncoder(schema, bytes);
        new GenericDatumWriter<Object>(schema, new GenericData()).write(datum, out);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Object readAvroJson(Schema schema, String json) throws IOException {
        var reader = new GenericDatumReader<Object>(schema, schema, new GenericData());
        return reader.read(null, DecoderFactory.get().jsonDecoder(schema, json));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withDistribution(RandomDistribution.uniform());
    }
}
