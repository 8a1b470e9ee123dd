package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type in plain JSON: what is taken, as which bytes, and what comes back. */
class PlainJsonTest {
    private static final String SUIT = """
            {"type":"enum","name":"Suit","symbols":["CLUBS","HEARTS"]}""";
    private static final String PAIR = """
            {"type":"fixed","name":"Pair","size":2}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "null"    | null                      | ``               | null
            "boolean" | true                      | 01               | true
            "boolean" | false                     | 00               | false
            "int"     | -2147483648               | ffffffff0f       | -2147483648
            "int"     | 2147483647                | feffffff0f       | 2147483647
            "int"     | 1.0                       | 02               | 1
            "int"     | 1.2e3                     | e012             | 1200
            "int"     | -0                        | 00               | 0
            "int"     | 0e-999999999              | 00               | 0
            "long"    | 9223372036854775807       | feffffffffffffffff01 | 9223372036854775807
            "long"    | -9223372036854775808      | ffffffffffffffffff01 | -9223372036854775808
            "long"    | 9007199254740993          | 8280808080808020 | 9007199254740993
            "long"    | 9007199254740993.0        | 8280808080808020 | 9007199254740993
            "float"   | 1.5                       | 0000c03f         | 1.5
            "float"   | 0.1                       | cdcccc3d         | 0.1
            "float"   | 16777217                  | 0000804b         | 1.6777216E7
            "float"   | "NaN"                     | 0000c07f         | "NaN"
            "float"   | "-Infinity"               | 000080ff         | "-Infinity"
            "double"  | 0.1                       | 9a9999999999b93f | 0.1
            "double"  | 7                         | 0000000000001c40 | 7.0
            "double"  | -0                        | 0000000000000080 | -0.0
            "double"  | 9007199254740993          | 0000000000004043 | 9.007199254740992E15
            "double"  | "Infinity"                | 000000000000f07f | "Infinity"
            "bytes"   | "\\u0000a\\u00ff"         | 060061ff         | "\\u0000aÿ"
            "bytes"   | ""                        | 00               | ""
            "string"  | "é\\u20ac😀"               | 12c3a9e282acf09f9880 | "é€😀"
            "string"  | "a\\ud83d"                | 0861efbfbd       | "a\ufffd"
            "string"  | "\\ude00\\ud83d\\ude00"    | 0eefbfbdf09f9880 | "\ufffd😀"
            "string"  | "\\"\\n"                  | 04220a           | "\\"\\n"
            """)
    void aPrimitiveIsWrittenAndReadBack(String schema, String json, String hex, String back) throws Exception {
        assertIsWrittenAndReadBack(schema, json, hex, back);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"int","logicalType":"date"}                      | 19000                   | f0a802       | 19000
            {"type":"int","logicalType":"date"}                      | "2022-01-08"            | f0a802       | 19000
            {"type":"int","logicalType":"date"}                      | -1                      | 01           | -1
            {"type":"int","logicalType":"time-millis"}               | "00:00:01.5"            | b817         | 1500
            {"type":"long","logicalType":"time-micros"}              | "00:00:00.000001"       | 02           | 1
            {"type":"long","logicalType":"timestamp-millis"}         | 1                       | 02           | 1
            {"type":"long","logicalType":"timestamp-millis"}         | "1970-01-01T01:00:00.001+01:00" | 02   | 1
            {"type":"long","logicalType":"timestamp-millis"}         | "1969-12-31T23:59:59.999Z" | 01        | -1
            {"type":"long","logicalType":"timestamp-micros"}         | "1970-01-01T00:00:00.000001Z" | 02     | 1
            {"type":"long","logicalType":"timestamp-nanos"}          | "1970-01-01T00:00:00.000000001Z" | 02  | 1
            {"type":"long","logicalType":"local-timestamp-millis"}   | "1970-01-01T00:00:00.001" | 02         | 1
            {"type":"long","logicalType":"local-timestamp-micros"}   | "1970-01-01T00:00"      | 00           | 0
            {"type":"long","logicalType":"local-timestamp-nanos"}    | 5                       | 0a           | 5
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 100.24          | 042728       | 100.24
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | "100.24"        | 042728       | 100.24
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 1.5e2           | 043a98       | 150.00
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | -0.01           | 02ff         | -0.01
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 0e-999999999    | 0200         | 0.00
            {"type":"fixed","name":"D","size":4,"logicalType":"decimal","precision":9,"scale":0} | -2 | fffffffe | -2
            {"type":"fixed","name":"D","size":4,"logicalType":"decimal","precision":9,"scale":3} | 1 | 000003e8 | 1.000
            {"type":"bytes","logicalType":"big-decimal"}             | 12.340                  | 0804303406   | 12.340
            {"type":"string","logicalType":"uuid"} | "6ba7b810-9dad-11d1-80b4-00c04fd430c8" | 4836626137623831302d396461642d313164312d383062342d303063303466643433306338 | "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
            {"type":"fixed","name":"U","size":16,"logicalType":"uuid"} | "6BA7B810-9dad-11d1-80b4-00c04fd430c8" | 6ba7b8109dad11d180b400c04fd430c8 | "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
            {"type":"fixed","name":"U","size":16,"logicalType":"uuid"} | "0123456789abcdef" | 30313233343536373839616263646566 | "30313233-3435-3637-3839-616263646566"
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | "P1M2DT3.004S" | 0100000002000000bc0b0000 | "P1M2DT3.004S"
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | "P1Y1W"        | 0c0000000700000000000000 | "P12M7DT0.000S"
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | "PT1H1M0.5S"   | 0000000000000000d4da3700 | "P0M0DT3660.500S"
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | "\\u0001\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u00ff\\u00ff\\u00ff\\u00ff" | 0100000000000000ffffffff | "P1M0DT4294967.295S"
            {"type":"string","logicalType":"of-somebody"}            | "as a string"           | 166173206120737472696e67 | "as a string"
            {"type":"bytes","logicalType":"decimal"}                 | "no precision"          | 186e6f20707265636973696f6e | "no precision"
            """)
    void aLogicalTypeIsWrittenAndReadBack(String schema, String json, String hex, String back) throws Exception {
        assertIsWrittenAndReadBack(schema, json, hex, back);
    }

    @Test
    void namedTypesArraysAndMapsAreWrittenAndReadBack() throws Exception {
        assertIsWrittenAndReadBack(SUIT, "\"HEARTS\"", "02", "\"HEARTS\"");
        assertIsWrittenAndReadBack(PAIR, "\"\\u0001\\u00fe\"", "01fe", "\"\\u0001þ\"");
        assertIsWrittenAndReadBack("{\"type\":\"array\",\"items\":\"int\"}", "[1, 2]", "04020400", "[1,2]");
        assertIsWrittenAndReadBack("{\"type\":\"array\",\"items\":\"int\"}", "[]", "00", "[]");
        assertIsWrittenAndReadBack(
                "{\"type\":\"map\",\"values\":\"int\"}", "{\"b\":1,\"\":2}", "0402620200" + "0400", "{\"b\":1,\"\":2}");
        assertIsWrittenAndReadBack("{\"type\":\"map\",\"values\":\"int\"}", "{}", "00", "{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "null"    | 0           | expected null, found a number
            "boolean" | "true"      | expected boolean, found a string
            "int"     | "1"         | expected int, found a string
            "int"     | 2147483648  | expected int, found a number with a fraction or out of its range
            "int"     | 1.5         | expected int, found a number with a fraction or out of its range
            "int"     | 1e999999999 | expected int, found a number with a fraction or out of its range
            "int"     | 1e99999999999 | expected int, found a number with a fraction or out of its range
            "int"     | 100e2147483647 | expected int, found a number with a fraction or out of its range
            "int"     | null        | expected int, found null
            "long"    | 9223372036854775808 | expected long, found a number with a fraction or out of its range
            "long"    | {}          | expected long, found an object
            "float"   | 3.5e38      | expected float, found a number out of its range
            "float"   | "1"         | expected float, found a string
            "double"  | 1e309       | expected double, found a number out of its range
            "double"  | "nan"       | expected double, found a string
            "double"  | true        | expected double, found a boolean
            "bytes"   | "\\u0100"   | expected bytes, found a string with characters above U+00FF
            "bytes"   | 1           | expected bytes, found a number
            "string"  | 1           | expected string, found a number
            "string"  | ["a"]       | expected string, found an array
            {"type":"int","logicalType":"date"} | "+999999999-12-31" | expected date, found a string that is no ISO 8601 text of this type and precision
            {"type":"int","logicalType":"date"} | "yesterday" | expected date, found a string that is no ISO 8601 text of this type and precision
            {"type":"int","logicalType":"date"} | 2147483648 | expected date, found a number with a fraction or out of its range
            {"type":"long","logicalType":"timestamp-millis"} | "1970-01-01T00:00:00" | expected timestamp-millis, found a string that is no ISO 8601 text of this type and precision
            {"type":"long","logicalType":"timestamp-millis"} | "1970-01-01T00:00:00.0001Z" | expected timestamp-millis, found a string that is no ISO 8601 text of this type and precision
            {"type":"long","logicalType":"timestamp-nanos"} | "3000-01-01T00:00:00Z" | expected timestamp-nanos, found a string that is no ISO 8601 text of this type and precision
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 1.001 | expected decimal with precision 5 and scale 2, found a number that does not fit without loss
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 1000 | expected decimal with precision 5 and scale 2, found a number that does not fit without loss
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 1e999999999 | expected decimal with precision 5 and scale 2, found a number that does not fit without loss
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | 1e-999999999 | expected decimal with precision 5 and scale 2, found a number that does not fit without loss
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | "\\u0027\\u0028" | expected decimal with precision 5 and scale 2, found a string that is no such number
            {"type":"bytes","logicalType":"decimal","precision":5,"scale":2} | true | expected decimal with precision 5 and scale 2, found a boolean
            {"type":"bytes","logicalType":"big-decimal"} | "one" | expected big-decimal, found a string that is no number
            {"type":"string","logicalType":"uuid"} | "1-1-1-1-1" | expected uuid, found a string that is none
            {"type":"fixed","name":"U","size":16,"logicalType":"uuid"} | "0123" | expected uuid, found a string that is none
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | "P" | expected duration, found a string that is no ISO 8601 text of one
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | "P4294967296D" | expected duration, found a string that is no ISO 8601 text of one
            {"type":"fixed","name":"P","size":12,"logicalType":"duration"} | 12 | expected duration, found a number
            {"type":"enum","name":"a.Suit","symbols":["C"]} | "X" | expected enum a.Suit, found a string that is none of its symbols
            {"type":"enum","name":"a.Suit","symbols":["C"]} | 0 | expected enum a.Suit, found a number
            {"type":"fixed","name":"a.Pair","size":2} | "abc" | expected fixed a.Pair of 2 bytes, found a string of another length or with characters above U+00FF
            {"type":"fixed","name":"a.Pair","size":2} | [] | expected fixed a.Pair of 2 bytes, found an array
            {"type":"array","items":"int"} | {} | expected array, found an object
            {"type":"map","values":"int"} | [] | expected map, found an array
            {"type":"record","name":"a.R","fields":[]} | 1 | expected record a.R, found a number
            """)
    void aValueThatDoesNotFitIsRefused(String schema, String json, String detail) {
        AvroCodec codec = Codecs.plain(schema);

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, json))
                .withMessage("$: " + detail);
    }

    private static void assertIsWrittenAndReadBack(String schema, String json, String hex, String back)
            throws AvroMismatch {
        AvroCodec codec = Codecs.plain(schema);

        byte[] avro = Codecs.encode(codec, json);

        assertThat(HexFormat.of().formatHex(avro)).isEqualTo(hex);
        assertThat(Codecs.decode(codec, avro)).isEqualTo(back);
    }
}
