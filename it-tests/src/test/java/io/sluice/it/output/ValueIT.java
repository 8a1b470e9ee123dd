package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer reads as the value, for what a client sends as {@code data}. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValueIT {
    private static final String PATH = "/v1.0/bindings/values";

    private TestGateway gateway;
    private RecordTap tap;

    @BeforeAll
    void start(TestKafka kafka) {
        String topic = kafka.newTopic();
        gateway = TestGateway.start(Component.output(kafka, "values", topic));
        tap = RecordTap.on(kafka, topic);
    }

    @BeforeEach
    void forgetEarlierRecords() {
        tap.skipToEnd();
    }

    @AfterAll
    void stop() {
        tap.close();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cat\"",
                "\"\"",
                "\"null\"",
                "\"\\u003c<&>\\/\\n\\\"\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "\"\u007f é ߿ € \uFFFD 😀 \uD83D\uDC68\u200D\uD83D\uDC69\"",
                "9007199254740993",
                "9223372036854775807",
                "-9223372036854775808",
                "18446744073709551615",
                "123456789012345678901234567890.123456789012345678901234567890",
                "1e400",
                "-1E-400",
                "1.0",
                "1.50",
                "-0",
                "-0.0",
                "true",
                "false",
                "{}",
                "[]",
                "[null]",
                "[1, 2]",
                "{\"b\":1,\"a\":{\"x\":\"<&>\"}}",
                "{ \"a\" : 1,\n \"a\" : 2 }",
                "{\"operation\":\"get\",\"data\":null,\"metadata\":1}"
            })
    void dataIsTheValueByteForByteWithoutTheSpaceAroundIt(String data) {
        assertThat(accepted("{\"operation\":\"create\",\"data\": \t\r\n" + data + "\n\t }"))
                .isEqualTo(data);
        assertThat(accepted("{\"data\":" + data + ",\"operation\":\"create\"}")).isEqualTo(data);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("data null", "{\"operation\":\"create\",\"data\":null}", null),
                Arguments.of("data absent", "{\"operation\":\"create\"}", null),
                Arguments.of("data null after another", "{\"data\":1,\"operation\":\"create\",\"data\":null}", null),
                Arguments.of("metadata null", "{\"operation\":\"create\",\"data\":1,\"metadata\":null}", "1"),
                Arguments.of("metadata empty", "{\"operation\":\"create\",\"data\":1,\"metadata\":{}}", "1"),
                Arguments.of("operation null at last", "{\"operation\":\"create\",\"data\":1,\"operation\":null}", "1"),
                Arguments.of("the last data counts", "{\"operation\":\"create\",\"data\":1,\"Data\":2}", "2"),
                Arguments.of("names in any case", "{\"OPERATION\":\"create\",\"DATA\":3,\"MetaData\":{}}", "3"),
                Arguments.of("unknown members", "{\"x\":[{}],\"operation\":\"create\",\"data\":4,\"y\":null}", "4"),
                Arguments.of("escaped names", "{\"\\u006fperation\":\"cre\\u0061te\",\"dat\\u0061\":5}", "5"),
                Arguments.of("byte order mark", "\uFEFF{\"operation\":\"create\",\"data\":6}", "6"),
                Arguments.of("trailing garbage", "{\"operation\":\"create\",\"data\":7} and }{ more", "7"),
                Arguments.of("space around", " \r\n\t{\"operation\":\"create\",\"data\":8}\n\n", "8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBodyBecomesTheValue(String what, String body, String value) {
        assertThat(accepted(body)).as(what).isEqualTo(value);
    }

    @Test
    void bytesThatAreNoUtf8StayAsTheyAre() {
        byte[] body = "{\"operation\":\"create\",\"data\":\"\u00C0\u00AF\"}".getBytes(ISO_8859_1);

        assertThat(gateway.send("POST", PATH, body).statusCode()).isEqualTo(204);

        assertThat(tap.next().value()).isEqualTo("\"\u00C0\u00AF\"".getBytes(ISO_8859_1));
    }

    @Test
    void aThousandLevelsAreTakenAndOneMoreIsRefused() {
        String deepest = "[".repeat(999) + "]".repeat(999);

        assertThat(accepted(TestGateway.envelope(deepest))).isEqualTo(deepest);
        assertThat(gateway.call("values", TestGateway.envelope("[" + deepest + "]"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRecordHasNoKeyAndNoHeadersUnlessTheRequestHas() {
        accepted(TestGateway.envelope("1"));
        gateway.call("values", TestGateway.envelope("2"));

        ConsumerRecord<byte[], byte[]> record = tap.next();
        assertThat(record.key()).isNull();
        assertThat(record.headers()).isEmpty();
    }

    /** The value of the record that the body became, the same for POST and PUT. */
    private String accepted(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        String posted = value(gateway.send("POST", PATH, bytes).statusCode());
        String put = value(gateway.send("PUT", PATH, bytes).statusCode());
        assertThat(put).isEqualTo(posted);
        return posted;
    }

    private String value(int status) {
        assertThat(status).isEqualTo(204);
        byte[] value = tap.next().value();
        return value == null ? null : new String(value, UTF_8);
    }
}
