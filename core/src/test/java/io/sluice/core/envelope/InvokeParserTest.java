package io.sluice.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.sluice.core.message.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeParserTest {
    @Test
    void operationDataAndMetadataAreRead() throws Exception {
        var request = parse(
                "{\"operation\":\"create\",\"data\":{\"a\":1},\"metadata\":{\"partitionKey\":\"k\",\"x\":\"y\"}}");

        assertThat(request.operation()).isSameAs(InvokeRequest.CREATE);
        assertThat(request.value()).isEqualTo(bytes("{\"a\":1}"));
        assertThat(request.metadata()).containsExactly(entry("partitionKey", "k"), entry("x", "y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cat\"",
                "\"\"",
                "9007199254740993",
                "1e400",
                "-0.0",
                "1.0",
                "true",
                "[1, 2]",
                "[ ]",
                "\"\\ud83d\"",
                "\"\\u003c<&>\"",
                "{\"b\":1,\"a\":{\"x\":\"<&>\"}}",
                "{ \"a\" : 1,\n \"a\" : 2 }",
                "\"Ünïcode 😀\"",
                "\"null\"",
                "[null]"
            })
    void dataIsKeptByteForByteWithoutTheSpaceAroundIt(String data) throws Exception {
        assertThat(parse("{\"data\": \n\t" + data + " \r\n}").value()).isEqualTo(bytes(data));
        assertThat(parse("{\"data\":" + data + ",\"operation\":\"create\"}").value())
                .isEqualTo(bytes(data));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":null}",
                "{\"data\":1,\"data\" : null }",
                "null",
                "{\"x\":1}",
                "\uFEFFnull",
                "null {\"data\":1}"
            })
    void nullOrAbsentDataIsATombstone(String body) throws Exception {
        assertThat(parse(body).value()).isNull();
    }

    @Test
    void aBodyNullIsAnEmptyRequest() throws Exception {
        var request = parse(" null ");

        assertThat(request.operation()).isEmpty();
        assertThat(request.metadata()).isEmpty();
    }

    @Test
    void theLastOfRepeatedMembersCountsAndMetadataIsMerged() throws Exception {
        var request = parse("{\"operation\":\"a\",\"OPERATION\":\"b\",\"data\":1,\"Data\":2,"
                + "\"metadata\":{\"k\":\"1\",\"l\":\"2\"},\"MetaData\":{\"k\":\"3\",\"k\":\"4\"},\"operation\":null}");

        assertThat(request.operation()).isEqualTo("b");
        assertThat(request.value()).isEqualTo(bytes("2"));
        assertThat(request.metadata()).containsExactly(entry("k", "4"), entry("l", "2"));
    }

    @Test
    void nullMetadataRemovesWhatCameBeforeAndANullValueIsEmpty() throws Exception {
        var request = parse("{\"metadata\":{\"a\":\"1\"},\"metadata\":null,\"metadata\":{\"b\":null}}");

        assertThat(request.metadata()).containsExactly(entry("b", ""));
    }

    @Test
    void escapesInNamesAndTextsAreDecoded() throws Exception {
        var request = parse("{\"\\u006fperation\":\"cre\\u0061te\",\"DAT\\u0041\":7,"
                + "\"metadata\":{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\":\"\\ud83d\\ude00 \\u00e9é\"}}");

        assertThat(request.operation()).isEqualTo("create");
        assertThat(request.value()).isEqualTo(bytes("7"));
        assertThat(request.metadata()).containsExactly(entry("\"\\/\b\f\n\r\t", "😀 éé"));
    }

    @ParameterizedTest
    @CsvSource({
        "\\ud83d, \uFFFD",
        "\\ude00\\ud83d, \uFFFD\uFFFD",
        "\\ud83dx, \uFFFDx",
        "\\ud83d\\ud83d\\ude00, \uFFFD😀",
        "\\ud83d\\u0041, \uFFFDA"
    })
    void aLoneSurrogateBecomesTheReplacementCharacter(String escaped, String decoded) throws Exception {
        assertThat(parse("{\"operation\":\"" + escaped + "\"}").operation()).isEqualTo(decoded);
    }

    @Test
    void illFormedUtf8InATextBecomesTheReplacementCharacter() throws Exception {
        byte[] body = bytes("{\"operation\":\"....|...|....\"}");
        byte[] bad = {
            (byte) 0xC0,
            (byte) 0xAF,
            (byte) 0xC1,
            (byte) 0xA1,
            '|',
            (byte) 0xED,
            (byte) 0xA0,
            (byte) 0x80,
            '|',
            (byte) 0xF5,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80
        };
        System.arraycopy(bad, 0, body, 14, bad.length);

        assertThat(InvokeParser.parse(body).operation()).isEqualTo("\uFFFD\uFFFD|\uFFFD|\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t ", "\uFEFF", "\uFEFF "})
    void anEmptyOrBlankBodyIsEof(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(MalformedEnvelopeException.class)
                .hasMessage("EOF");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"metadata\":{\"k\":1}} | metadata.k must be a string, found a number at byte 17",
                "{\"metadata\":{\"k\":[]}} | metadata.k must be a string, found an array at byte 17",
                "{\"metadata\":{\"a\\nb é\":true}} | metadata.a?b?? must be a string, found a boolean at byte 23",
                "{\"metadata\":\"x\"} | metadata must be an object, found a string at byte 12",
                "{\"operation\":{}} | operation must be a string, found an object at byte 13",
                "[] | the body must be a JSON object, found an array at byte 0",
                "{\"data\":1,} | expected a member's name, found '}' at byte 10",
                "{\"data\": | expected a value, found the end of the body at byte 8",
                "{\"data\":01} | expected no digit after a leading zero, found '1' at byte 9",
                "{\"data\":tru} | expected the literal true, found '}' at byte 11",
                "{\"data\":\"é\\x\"} | expected one of \"\\/bfnrtu after a backslash, found 'x' at byte 12",
                "{\"data\":[1 2]} | expected ',' or ']', found '2' at byte 11",
                "{\"data\":€} | expected a value, found 0xe2 at byte 8",
                "nullable | expected the end of the literal null, found 'a' at byte 4"
            })
    void theDetailSaysWhatWasExpectedWhatIsThereAndWhere(String body, String detail) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(MalformedEnvelopeException.class)
                .hasMessage(detail);
    }

    @Test
    void ofALongNameTheDetailRepeatsAFewCharacters() {
        String body = "{\"metadata\":{\"" + "k".repeat(5_000) + "\":1}}";

        assertThatThrownBy(() -> parse(body))
                .satisfies(e ->
                        assertThat(e.getMessage()).startsWith("metadata.kkkk").hasSizeLessThan(120));
    }

    @Test
    void aThousandLevelsAreAcceptedAndOneMoreIsRefused() {
        for (String[] brackets : new String[][] {{"[", "]"}, {"{\"a\":", "}"}, {"[{\"a\":", "}]"}}) {
            int levels = brackets[1].length();
            int most = 999 / levels;
            String leaf = 999 % levels == 0 ? "1" : "[1]";
            assertThat(agreedVerdict("data", brackets, most, leaf)).isTrue();
            assertThat(agreedVerdict("x", brackets, most, leaf)).isTrue();
            assertThat(agreedVerdict("data", brackets, most, "[" + leaf + "]")).isFalse();
            assertThat(agreedVerdict("x", brackets, most, "[" + leaf + "]")).isFalse();
        }
    }

    @Test
    void aHundredThousandOpenBracketsAreRefusedWithoutRecursion() {
        assertThatThrownBy(() -> parse("{\"data\":" + "[".repeat(100_000)))
                .hasMessage("nested deeper than 1000 levels at byte 1007");
    }

    @Test
    void aBodyOfTenMegabytesAndAThousandEntriesIsRead() throws Exception {
        var metadata = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            metadata.append(i == 0 ? "" : ",").append("\"k" + i + "\":\"v" + i + "\"");
        }
        String data = "[\"" + "x".repeat(10_000_000) + "\"," + "9".repeat(100_000) + "]";

        var request = parse("{\"data\":" + data + ",\"metadata\":{" + metadata + "}}");

        assertThat(request.value()).isEqualTo(bytes(data));
        assertThat(request.metadata()).hasSize(1_000).containsEntry("k999", "v999");
    }

    @Test
    void everyPrefixOfAnEnvelopeIsRefused() {
        byte[] body =
                bytes("{\"operation\":\"create\",\"data\":[1.5e3,{\"é\":null}],\"metadata\":{\"k\":\"\\u00e9\"}}");

        for (int length = 0; length < body.length; length++) {
            byte[] prefix = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> InvokeParser.parse(prefix)).isInstanceOf(MalformedEnvelopeException.class);
        }
    }

    private static boolean agreedVerdict(String member, String[] brackets, int count, String leaf) {
        String value = brackets[0].repeat(count) + leaf + brackets[1].repeat(count);
        return InvokeParserFuzzTest.agrees(bytes("{\"" + member + "\":" + value + "}"));
    }

    private static InvokeRequest parse(String body) throws MalformedEnvelopeException {
        return InvokeParser.parse(bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
