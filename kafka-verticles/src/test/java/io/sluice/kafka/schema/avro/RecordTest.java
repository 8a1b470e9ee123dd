package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {
    private static final String ADDRESS = """
            {"type":"record","name":"Address","fields":[
              {"name":"street","type":"string","aliases":["road","way"]},
              {"name":"zip","type":"int"}]}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"street\":\"A\",\"zip\":1}",
                "{\"zip\":1,\"street\":\"A\"}",
                "{\"road\":\"A\",\"zip\":1}",
                " {\n\"zip\" : 1 ,\t\"way\" : \"A\"} "
            })
    void theFieldsComeInAnyOrderAndUnderAnAlias(String json) throws Exception {
        assertThat(Codecs.roundTrip(Codecs.plain(ADDRESS), json)).isEqualTo("{\"street\":\"A\",\"zip\":1}");
    }

    @Test
    void aFieldsOwnNameIsStrongerThanAnAlias() throws Exception {
        AvroCodec codec = Codecs.plain("""
                {"type":"record","name":"R","fields":[{"name":"a","type":"int","aliases":["b"]},
                  {"name":"b","type":"int"}]}""");

        assertThat(Codecs.roundTrip(codec, "{\"b\":2,\"a\":1}")).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void anUnknownFieldIsRefused() {
        assertRefused(
                ADDRESS, "{\"street\":\"A\",\"zip\":1,\"city\":\"B\"}", "$: record Address has no field \"city\"");
    }

    @Test
    void aMissingFieldIsRefused() {
        assertRefused(ADDRESS, "{\"street\":\"A\"}", "$: the field \"zip\" is missing and has no default");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        assertRefused(
                ADDRESS,
                "{\"street\":\"A\",\"zip\":1,\"way\":\"B\"}",
                "$: the field \"street\" of record Address is there twice");
    }

    @Test
    void nullIsNotTheSameAsMissing() {
        assertRefused("""
                {"type":"record","name":"R","fields":[{"name":"a","type":"int","default":1}]}""", "{\"a\":null}", "$.a: expected int, found null");
    }

    @Test
    void defaultsOfEveryTypeTakeThePlaceOfMissingFields() throws Exception {
        AvroCodec codec = Codecs.plain("""
                {"type":"record","name":"R","fields":[
                  {"name":"z","type":"null","default":null},
                  {"name":"t","type":"boolean","default":true},
                  {"name":"i","type":"int","default":-1},
                  {"name":"l","type":"long","default":9007199254740993},
                  {"name":"f","type":"float","default":0.5},
                  {"name":"d","type":"double","default":1e100},
                  {"name":"y","type":"bytes","default":"\\u00ff"},
                  {"name":"s","type":"string","default":"é"},
                  {"name":"x","type":{"type":"fixed","name":"F","size":2},"default":"ab"},
                  {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]},"default":"B"},
                  {"name":"a","type":{"type":"array","items":"int"},"default":[1,2]},
                  {"name":"m","type":{"type":"map","values":"int"},"default":{"k":1}},
                  {"name":"u","type":["string","null"],"default":"u"},
                  {"name":"n","type":["null","string"],"default":null},
                  {"name":"c","type":{"type":"bytes","logicalType":"decimal","precision":5,"scale":2},"default":"'("},
                  {"name":"w","type":{"type":"int","logicalType":"date"},"default":7},
                  {"name":"r","type":{"type":"record","name":"S","fields":[{"name":"p","type":"int"},
                    {"name":"q","type":"int","default":2}]},"default":{"p":1}}]}""");

        assertThat(Codecs.roundTrip(codec, "{}"))
                .isEqualTo("{\"z\":null,\"t\":true,\"i\":-1,\"l\":9007199254740993,\"f\":0.5,\"d\":1.0E100,\"y\":\"ÿ\","
                        + "\"s\":\"é\",\"x\":\"ab\",\"e\":\"B\",\"a\":[1,2],\"m\":{\"k\":1},\"u\":\"u\",\"n\":null,"
                        + "\"c\":100.24,\"w\":7,\"r\":{\"p\":1,\"q\":2}}");
    }

    @Test
    void aDefaultOfAnotherTypeIsToldOnlyWhenItIsNeeded() throws Exception {
        String schema = """
                {"type":"record","name":"R","fields":[{"name":"a","type":"int","default":"one"}]}""";

        assertThat(Codecs.roundTrip(Codecs.plain(schema), "{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertRefused(
                schema,
                "{}",
                "$: the field \"a\" is missing, and its default in the schema is not of its type: expected int,"
                        + " found a string");
    }

    @Test
    void aRecordMayHoldItself() throws Exception {
        AvroCodec codec = Codecs.plain("""
                {"type":"record","name":"Node","fields":[{"name":"value","type":"int"},
                  {"name":"next","type":["null","Node"],"default":null}]}""");

        assertThat(Codecs.roundTrip(codec, "{\"value\":1,\"next\":{\"value\":2,\"next\":{\"value\":3}}}"))
                .isEqualTo("{\"value\":1,\"next\":{\"value\":2,\"next\":{\"value\":3,\"next\":null}}}");
    }

    @Test
    void pathsAreCutShortAndPrintable() {
        assertRefused(
                "{\"type\":\"map\",\"values\":\"int\"}",
                "{\"a\\u0000\\\"\\u20ac\\nb\":\"x\"}",
                "$[\"a????b\"]: expected int, found a string");
        assertRefused(
                "{\"type\":\"map\",\"values\":\"int\"}",
                "{\"" + "k".repeat(100) + "\":\"x\"}",
                "$[\"" + "k".repeat(60) + "...\"]: expected int, found a string");
    }

    private static void assertRefused(String schema, String json, String message) {
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(Codecs.plain(schema), json))
                .withMessage(message);
    }
}
