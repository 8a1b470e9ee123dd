package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON encoding of Avro's specification. */
class AvroJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["null","string"]   | null                     | 00     | null
            ["null","string"]   | {"string":"a"}           | 020261 | {"string":"a"}
            ["int","long"]      | {"long":1}               | 0202   | {"long":1}
            ["int","double"]    | {"int":1.0}              | 0002   | {"int":1}
            [{"type":"enum","name":"a.E","symbols":["A"]},"string"] | {"a.E":"A"} | 0000 | {"a.E":"A"}
            [{"type":"array","items":["null","int"]},"int"] | {"array":[null,{"int":1}]} | 000400020200 | {"array":[null,{"int":1}]}
            [{"type":"map","values":"int"},"int"]  | {"map":{"int":1}} | 000206696e740200 | {"map":{"int":1}}
            ["null",{"type":"long","logicalType":"timestamp-millis"}] | {"long":1}                  | 0202 | {"long":1}
            ["null",{"type":"long","logicalType":"timestamp-millis"}] | {"long.timestamp-millis":1} | 0202 | {"long":1}
            {"type":"int","logicalType":"date"}    | 1      | 02     | 1
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | "'("  | 042728 | "'("
            {"type":"fixed","name":"U","size":16,"logicalType":"uuid"} | "0123456789abcdef" | 30313233343536373839616263646566 | "0123456789abcdef"
            {"type":"string","logicalType":"uuid"} | "any" | 06616e79 | "any"
            "double"            | "NaN"                    | 000000000000f87f | "NaN"
            "bytes"             | "\\u0000ÿ"               | 0400ff | "\\u0000ÿ"
            """)
    void aValueIsWrittenAndReadBack(String schema, String json, String hex, String back) throws Exception {
        AvroCodec codec = Codecs.avroJson(schema);

        byte[] avro = Codecs.encode(codec, json);

        assertThat(HexFormat.of().formatHex(avro)).isEqualTo(hex);
        assertThat(Codecs.decode(codec, avro)).isEqualTo(back);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["null","string"]   | "a"               | expected one of [null, {"string": ...}], found a string
            ["null","string"]   | {"null":null}     | expected one of [null, {"string": ...}], found an object that names none of them
            ["null","string"]   | {"int":1}         | expected one of [null, {"string": ...}], found an object that names none of them
            ["null","string"]   | {}                | expected one of [null, {"string": ...}], found an object that names none of them
            ["null","string"]   | {"string":"a","int":1} | expected one of [null, {"string": ...}], found an object that names none of them
            ["int","string"]    | null              | expected one of [{"int": ...}, {"string": ...}], found null
            {"type":"int","logicalType":"date"} | "2022-01-08" | expected int, found a string
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 100.24 | expected bytes, found a number
            """)
    void aValueThatDoesNotFitIsRefused(String schema, String json, String detail) {
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(Codecs.avroJson(schema), json))
                .withMessage("$: " + detail);
    }

    @Test
    void theNameOfTheBranchIsPartOfThePath() {
        AvroCodec codec = Codecs.avroJson("""
                {"type":"record","name":"R","fields":[{"name":"a","type":["null",{"type":"array","items":"int"}]}]}""");

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, "{\"a\":{\"array\":[1,\"x\"]}}"))
                .withMessage("$.a.array[1]: expected int, found a string");
    }

    /** Avro's own decoder refuses these. */
    @Test
    void missingFieldsHaveTheirDefaults() throws Exception {
        AvroCodec codec = Codecs.avroJson("""
                {"type":"record","name":"R","fields":[{"name":"a","type":["string","null"],"default":"x"},
                  {"name":"b","type":["null","int"],"default":null}]}""");

        assertThat(Codecs.roundTrip(codec, "{}")).isEqualTo("{\"a\":{\"string\":\"x\"},\"b\":null}");
    }
}
