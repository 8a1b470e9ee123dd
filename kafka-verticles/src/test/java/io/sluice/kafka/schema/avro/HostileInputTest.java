package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What claims to be much and is little, and what is no data at all. */
class HostileInputTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String NODE = """
            {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"],"default":null}]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "int"    | ``           | $: the Avro data ends too early
            "int"    | 80           | $: the Avro data ends too early
            "long"   | 808080       | $: the Avro data ends too early
            "int"    | ffffffffffff | $: malformed Avro data
            "int"    | 0200         | $: bytes are left over behind the Avro data
            "null"   | 00           | $: bytes are left over behind the Avro data
            "double" | 00000000     | $: the Avro data ends too early
            "string" | 0a61         | $: the Avro data ends too early
            "string" | fcffffff07   | $: the Avro data ends too early
            "string" | feffffff0f   | $: malformed Avro data
            "bytes"  | 01           | $: malformed Avro data
            "bytes"  | feffffffffffffffff01 | $: malformed Avro data
            {"type":"fixed","name":"F","size":2000000000} | 00 | $: the Avro data ends too early
            {"type":"enum","name":"E","symbols":["A"]}    | 02 | $: malformed Avro data: enum E has no symbol 1
            {"type":"enum","name":"E","symbols":["A"]}    | 01 | $: malformed Avro data: enum E has no symbol -1
            ["null","int"]   | 01   | $: malformed Avro data: a union of 2 has no branch -1
            {"type":"array","items":"int"} | 0402 | $[1]: the Avro data ends too early
            {"type":"array","items":{"type":"map","values":"string"}} | 02000202026102 | $[1].a: the Avro data ends too early
            {"type":"array","items":"null"} | fcffffff07 | $: the JSON of this Avro data would be larger than 1048896 bytes
            {"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int"}]} | 02 | $.b: the Avro data ends too early
            {"type":"bytes","logicalType":"decimal","precision":2} | 00 | $: malformed Avro data: a decimal without bytes
            """)
    void dataThatAreNoneOfTheSchemaAreRefused(String schema, String hex, String message) {
        AvroCodec codec = Codecs.plain(schema);

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.decode(codec, HexFormat.of().parseHex(hex)))
                .withMessage(message);
    }

    @Test
    void anEnumWithADefaultReadsAnUnknownSymbolAsThat() throws Exception {
        AvroCodec codec = Codecs.plain("""
                {"type":"enum","name":"E","symbols":["A","B"],"default":"A"}""");

        assertThat(Codecs.decode(codec, new byte[] {8})).isEqualTo("\"A\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[1,", "tru", "{\"a\" 1}", "01", "1 2", "{}}", "\"\\x\"", "NaN", "/**/1", "secret"
            })
    void textThatIsNoJsonIsRefused(String json) {
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(Codecs.plain("\"int\""), json))
                .withMessageStartingWith("$: not JSON: ")
                .withMessageNotContaining("secret");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.plain("\"string\"").encode(new byte[] {'"', (byte) 0xff, '"'}, 0))
                .withMessageStartingWith("$: not JSON: ");
    }

    @Test
    void whatIsNestedTooDeepIsRefusedInBothDirections() {
        AvroCodec codec = Codecs.plain(NODE);

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, "{\"next\":".repeat(501) + "null" + "}".repeat(501)))
                .withMessageStartingWith("$: JSON beyond a limit: ");
        byte[] deep = new byte[502];
        Arrays.fill(deep, 0, 501, (byte) 2);
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.decode(codec, deep))
                .withMessageEndingWith(": nested deeper than 500 levels");
    }

    @Test
    void aRecordThatHoldsItselfWithoutEndIsRefused() {
        AvroCodec codec = Codecs.plain("""
                {"type":"record","name":"R","fields":[{"name":"r","type":"R","default":{}}]}""");

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.decode(codec, new byte[0]))
                .withMessageEndingWith(": nested deeper than 500 levels");
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, "{}"))
                .withMessageEndingWith(": nested deeper than 500 levels");
    }

    /** Two fields of the type below, thirty times over: a thousand million values in a schema of two kilobytes. */
    @ParameterizedTest
    @ValueSource(strings = {"\"null\",\"default\":null", "\"string\",\"default\":\"text\""})
    void defaultsThatDoubleAtEveryLevelAreRefused(String leaf) {
        var schema = new StringBuilder(
                "{\"type\":\"record\",\"name\":\"R0\",\"fields\":[{\"name\":\"a\",\"type\":" + leaf + "}]}");
        for (int level = 1; level <= 30; level++) {
            schema.insert(0, "{\"type\":\"record\",\"name\":\"R" + level + "\",\"fields\":[{\"name\":\"a\",\"type\":")
                    .append(",\"default\":{}},{\"name\":\"b\",\"type\":\"R" + (level - 1) + "\",\"default\":{}}]}");
        }
        AvroCodec codec = Codecs.plain(schema.toString());

        assertTimeoutPreemptively(SOON, () -> assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, "{}"))
                .withMessageContaining("would be larger than"));
    }

    @Test
    void aDecimalOfTooManyDigitsIsRefused() {
        AvroCodec codec = Codecs.plain("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2}");
        byte[] number = new byte[1002];
        Arrays.fill(number, (byte) 0x7f);
        number[0] = (byte) 0xd0;
        number[1] = 0x0f;

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.decode(codec, number))
                .withMessage("$: a decimal of more than 1000 digits");
    }

    @Test
    void randomBytesAreDataOrRefusedAndNothingElse() throws Exception {
        AvroCodec codec = Codecs.plain("""
                {"type":"record","name":"R","fields":[
                  {"name":"u","type":["null","int","string","R",{"type":"array","items":"R"},{"type":"map","values":"long"}]},
                  {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}},
                  {"name":"g","type":{"type":"bytes","logicalType":"big-decimal"}},
                  {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
                  {"name":"f","type":{"type":"fixed","name":"F","size":2}}]}""");
        var random = new Random(7);

        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                codec.decodeToJson(bytes, 0);
                read++;
            } catch (AvroMismatch e) {
                assertThat(e.getMessage()).startsWith("$");
            }
        }
        assertThat(read).isLessThan(20_000);
    }
}
