package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BareUnionTest {
    private static final int DEPTH = 490;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["null","string"]          | null     | 0
            ["null","string"]          | "null"   | 1
            ["string","null"]          | null     | 1
            ["int","double"]           | 1        | 0
            ["int","double"]           | 1.0      | 1
            ["int","double"]           | 1.5      | 1
            ["double","int"]           | 1        | 0
            ["int","long"]             | 1        | 0
            ["int","long"]             | 2147483648 | 1
            ["float","double"]         | 0.5      | 0
            ["float","double"]         | 0.1      | 1
            ["float","double"]         | 1e300    | 1
            ["float","double"]         | 56817.19921875 | 1
            ["double",{"type":"bytes","logicalType":"decimal","precision":30,"scale":20}] | 0.12345678901234567890 | 1
            ["double","long"]          | 9007199254740992 | 0
            ["double","long"]          | 9007199254740993 | 1
            ["double","long"]          | -9223372036854775808 | 1
            ["float","int"]            | 16777217 | 1
            ["double","string"]        | "NaN"    | 0
            ["string","double"]        | "NaN"    | 0
            ["null","double"]          | "NaN"    | 1
            ["float","double"]         | 0.12345678901234567890 | 1
            ["bytes","string"]         | "abc"    | 0
            ["bytes","string"]         | "\\u20ac" | 1
            ["string","bytes"]         | "abc"    | 0
            [{"type":"enum","name":"E","symbols":["A"]},"string"] | "A" | 0
            [{"type":"enum","name":"E","symbols":["A"]},"string"] | "B" | 1
            [{"type":"long","logicalType":"timestamp-millis"},"string"] | "1970-01-01T00:00:00Z" | 1
            ["null",{"type":"long","logicalType":"timestamp-millis"}]   | "1970-01-01T00:00:00Z" | 1
            [{"type":"bytes","logicalType":"decimal","precision":4,"scale":1},"double"] | 1.5  | 0
            [{"type":"bytes","logicalType":"decimal","precision":4,"scale":1},"double"] | 1.25 | 1
            [{"type":"string","logicalType":"uuid"},"bytes"] | "no uuid" | 1
            [{"type":"array","items":"int"},{"type":"map","values":"int"}] | {} | 1
            [{"type":"map","values":"int"},{"type":"record","name":"R","fields":[{"name":"a","type":"string"}]}] | {"a":"b"} | 1
            [{"type":"map","values":"double"},{"type":"record","name":"R","fields":[{"name":"a","type":"long"}]}] | {"a":9007199254740993} | 1
            [{"type":"record","name":"R","fields":[{"name":"a","type":"int","default":1}]},{"type":"map","values":"int"}] | {} | 1
            [{"type":"record","name":"R","fields":[{"name":"a","type":"int","aliases":["b"]}]},{"type":"map","values":"int"}] | {"b":1} | 1
            """)
    void theFirstBranchThatFitsExactlyIsTaken(String schema, String json, int branch) throws Exception {
        byte[] avro = Codecs.encode(Codecs.plain(schema), json);

        assertThat(avro[0]).isEqualTo((byte) (2 * branch));
    }

    @Test
    void amongRecordsTheOneWithTheseFieldsIsTaken() throws Exception {
        AvroCodec codec = Codecs.plain("""
                [{"type":"record","name":"Card","fields":[{"name":"number","type":"string"}]},
                 {"type":"record","name":"Cash","fields":[{"name":"amount","type":"int"},
                   {"name":"note","type":"string","default":""}]},
                 {"type":"record","name":"Coupon","fields":[{"name":"amount","type":"string"}]}]""");

        assertThat(Codecs.encode(codec, "{\"number\":\"1\"}")[0]).isEqualTo((byte) 0);
        assertThat(Codecs.encode(codec, "{\"amount\":1}")[0]).isEqualTo((byte) 2);
        assertThat(Codecs.encode(codec, "{\"amount\":\"1\"}")[0]).isEqualTo((byte) 4);
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, "{\"amount\":true}"))
                .withMessage("$: expected one of [record Card, record Cash, record Coupon], found an object");
    }

    @Test
    void amongRecordsThatAllLoseSomethingTheOneThatLosesLeastIsTaken() throws Exception {
        AvroCodec codec = Codecs.plain("""
                [{"type":"record","name":"A","fields":[{"name":"at","type":{"type":"int","logicalType":"date"}},
                   {"name":"x","type":"float"}]},
                 {"type":"record","name":"B","fields":[{"name":"at","type":{"type":"int","logicalType":"date"}},
                   {"name":"x","type":"double"}]},
                 {"type":"record","name":"C","fields":[{"name":"at","type":"string"},{"name":"x","type":"float"}]}]""");

        assertThat(Codecs.encode(codec, "{\"at\":\"2026-01-01\",\"x\":1e-200}")[0])
                .isEqualTo((byte) 2);
        assertThat(Codecs.encode(codec, "{\"at\":\"2026-01-01\",\"x\":0.1}")[0]).isEqualTo((byte) 4);
    }

    @Test
    void withOneBranchForAnObjectTheErrorIsOfWhatIsInIt() {
        AvroCodec codec = Codecs.plain("""
                ["null",{"type":"record","name":"Card","fields":[{"name":"number","type":"string"}]}]""");

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(codec, "{\"number\":1}"))
                .withMessage("$.number: expected string, found a number");
    }

    @Test
    void ofALongUnionTheFirstBranchesAreNamed() {
        String enums = IntStream.range(0, 12)
                .mapToObj(i -> "{\"type\":\"enum\",\"name\":\"E" + i + "\",\"symbols\":[\"A\"]}")
                .collect(Collectors.joining(",", "[", "]"));

        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(Codecs.plain(enums), "1"))
                .withMessageEndingWith("enum E8, enum E9, ...], found a number");
    }

    @Test
    void aBranchThatTheUnionDoesNotHaveIsMalformed() {
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.decode(Codecs.plain("[\"null\",\"int\"]"), new byte[] {4}))
                .withMessage("$: malformed Avro data: a union of 2 has no branch 2");
    }

    /** Tried naively, every level doubles the work: 2 to the power of 490. */
    @Test
    void unionsWithinUnionsTakeNoExponentialTime() {
        AvroCodec codec = Codecs.plain("""
                [{"type":"record","name":"A","fields":[{"name":"x","type":["null","A",
                   {"type":"record","name":"B","fields":[{"name":"x","type":["null","A","B","int"]}]}]}]},"B"]""");
        String deep = IntStream.range(0, DEPTH).mapToObj(i -> "{\"x\":").collect(Collectors.joining());
        String ends = "}".repeat(DEPTH);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThatNoException().isThrownBy(() -> Codecs.encode(codec, deep + "1" + ends));
            assertThatExceptionOfType(AvroMismatch.class).isThrownBy(() -> Codecs.encode(codec, deep + "true" + ends));
        });
    }
}
