package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
    @Test
    void referencesAreKnownToWhatFollowsThem() throws Exception {
        Schema schema = SchemaText.parse("""
                {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"item","type":"shop.Item"}]}""", List.of("""
                        {"type":"enum","name":"shop.Size","symbols":["S","L"]}""", """
                        {"type":"record","name":"shop.Item","fields":[{"name":"size","type":"shop.Size"}]}"""));

        AvroCodec codec = AvroCodec.of(schema, false);

        assertThat(Codecs.roundTrip(codec, "{\"item\":{\"size\":\"L\"}}")).isEqualTo("{\"item\":{\"size\":\"L\"}}");
    }

    @Test
    void namesAndDefaultsAreNotHeldAgainstAvrosRules() throws Exception {
        Schema schema = SchemaText.parse("""
                {"type":"record","name":"my-record","fields":[{"name":"my field","type":"int","default":"no"}]}""", List.of());

        AvroCodec codec = AvroCodec.of(schema, false);

        assertThat(Codecs.roundTrip(codec, "{\"my field\":1}")).isEqualTo("{\"my field\":1}");
    }

    @Test
    void aClassThatASchemaNamesIsNotLookedFor() throws Exception {
        AvroCodec codec = AvroCodec.of(SchemaText.parse("""
                        {"type":"string","java-class":"no.such.Class"}""", List.of()), false);

        assertThat(Codecs.roundTrip(codec, "\"a\"")).isEqualTo("\"a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "no",
                "\"integer\"",
                "{}",
                "null",
                "1",
                "[[\"int\"]]",
                "[\"int\",\"int\"]",
                "{\"type\":\"record\",\"fields\":[]}",
                "{\"type\":\"record\",\"name\":\"R\"}",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"Unknown\"}]}",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"type\":\"int\"}]}",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}",
                "{\"type\":\"fixed\",\"name\":\"F\"}",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"A\"]}",
                "{\"type\":\"enum\",\"name\":\"E\"}",
                "syntax = \"proto3\";",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}"
            })
    void whatIsNoSchemaIsRefused(String text) {
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> SchemaText.parse(text, List.of()))
                .withMessageStartingWith("not an Avro schema: ");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(100_000) + "\"int\"" + "}".repeat(100_000);

        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> SchemaText.parse(deep, List.of()))
                .withMessageStartingWith("not an Avro schema: JSON beyond a limit");
    }

    /** Flat as text: each record is a branch of one union, and holds the next one. */
    @Test
    void aLongChainOfRecordsIsRefused() throws Exception {
        var schema = new StringBuilder("[");
        for (int i = 0; i < 3_000; i++) {
            schema.append("{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":\"R"
                    + (i + 1) + "\"}]},");
        }
        String chain = schema + "{\"type\":\"enum\",\"name\":\"R3000\",\"symbols\":[\"A\"]}]";

        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> AvroCodec.of(SchemaText.parse(chain, List.of()), false));
    }

    @Test
    void aDecimalOfAbsurdScaleIsRefused() throws Exception {
        Schema schema = SchemaText.parse(
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2000000000,\"scale\":2000000000}",
                List.of());

        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> AvroCodec.of(schema, false))
                .withMessage("a decimal has a scale above 1000");
    }
}
