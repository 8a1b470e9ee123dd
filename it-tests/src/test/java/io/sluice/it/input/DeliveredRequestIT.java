package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.http.HttpVersion;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the app gets to see of a record. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveredRequestIT {
    private static final byte[] EVERY_BYTE = everyByte();

    private Stage stage;
    private String topic;

    @BeforeAll
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic(3, Map.of());
        stage.gateway(
                input("in"),
                input("escaping").with("escapeHeaders", "true"),
                input("excluding").with("excludeHeaderMetaRegex", "^internal-"));
    }

    @AfterAll
    void close() {
        stage.close();
    }

    @Test
    void theBodyIsTheValueByteForByte() {
        Call call = deliver(record(EVERY_BYTE));

        assertThat(call.body().getBytes()).isEqualTo(EVERY_BYTE);
        assertThat(call.header("content-length")).isEqualTo("256");
        assertThat(call.header("content-type")).isEqualTo("application/json");
        assertThat(call.path()).isEqualTo("/in");
        assertThat(call.version()).isEqualTo(HttpVersion.HTTP_1_1);
    }

    @Test
    void aTombstoneIsNullAndAnEmptyValueNothing() {
        assertThat(deliver(record(null)).text()).isEqualTo("null");
        assertThat(deliver(record(new byte[0])).text()).isEmpty();
    }

    @Test
    void theCoordinatesComeAlongAndNoHeaderOfTheRecordChangesThem() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 2, 1_700_000_000_123L, "the key".getBytes(UTF_8), "1".getBytes(UTF_8));
        for (String name : List.of("__key", "__topic", "__partition", "__offset", "__timestamp", "__KEY")) {
            record.headers().add(name, "forged".getBytes(UTF_8));
        }

        Call call = deliver(record);

        assertThat(call.headers().getAll("__key")).containsExactly("the key");
        assertThat(call.headers().getAll("__topic")).containsExactly(topic);
        assertThat(call.headers().getAll("__partition")).containsExactly("2");
        assertThat(call.headers().getAll("__offset")).hasSize(1).doesNotContain("forged");
        assertThat(call.headers().getAll("__timestamp")).containsExactly("1700000000123");
    }

    @Test
    void aRecordWithoutAKeyHasNoneEvenIfAHeaderSaysSo() {
        Call call = deliver(with(record("1".getBytes(UTF_8)), "__key", "forged"));

        assertThat(call.headers().contains("__key")).isFalse();
    }

    @Test
    void headersOfTheRecordAreHeadersOfTheRequestAndTheLastOfANameCounts() {
        ProducerRecord<byte[], byte[]> record = record("1".getBytes(UTF_8));
        with(record, "correlationId", "7f");
        with(record, "twice", "first");
        with(record, "twice", "last");
        with(record, "Content-Type", "text/plain; charset=utf-8");

        Call call = deliver(record);

        assertThat(call.header("correlationid")).isEqualTo("7f");
        assertThat(call.headers().getAll("twice")).containsExactly("last");
        assertThat(call.headers().getAll("content-type")).containsExactly("text/plain; charset=utf-8");
    }

    @Test
    void headersThatFrameAMessageStayBehind() {
        ProducerRecord<byte[], byte[]> record = record("four".getBytes(UTF_8));
        with(record, "Content-Length", "1000");
        with(record, "transfer-encoding", "chunked");
        with(record, "connection", "close");
        with(record, "dapr-api-token", "forged");
        with(record, "host", "elsewhere");
        with(record, "expect", "100-continue");
        with(record, "x", "kept");

        Call call = deliver(record);

        assertThat(call.text()).isEqualTo("four");
        assertThat(call.headers().getAll("content-length")).containsExactly("4");
        assertThat(call.headers().names())
                .doesNotContain("transfer-encoding", "connection", "expect", "dapr-api-token");
        assertThat(call.header("host")).isNotEqualTo("elsewhere");
        assertThat(call.header("x")).isEqualTo("kept");
    }

    @Test
    void whatHttpCannotCarryIsEncodedAndListed() {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, EVERY_BYTE, "1".getBytes(UTF_8));
        with(record, "a b:\r\n", "1");
        with(record, "Stadt", "Köln");
        with(record, "lines", "one\r\nx-injected: two");
        with(record, "100%", "plain");
        with(record, "plain", "100%");
        with(record, "", "no name");

        Call call = deliver(record);

        List<String> encoded = List.of(call.header("sluice-encoded-headers").split(", "));
        assertThat(encoded).containsExactlyInAnyOrder("a%20b%3a%0d%0a", "stadt", "lines", "100%25", "__key");
        assertThat(percentDecoded(call.header("stadt"))).isEqualTo("Köln".getBytes(UTF_8));
        assertThat(percentDecoded(call.header("lines"))).isEqualTo("one\r\nx-injected: two".getBytes(UTF_8));
        assertThat(percentDecoded(call.header("__key"))).isEqualTo(EVERY_BYTE);
        assertThat(call.header("a%20b%3a%0d%0a")).isEqualTo("1");
        assertThat(call.header("plain")).isEqualTo("100%");
        assertThat(call.headers().contains("x-injected")).isFalse();
    }

    @Test
    void withEscapeHeadersTheKeyAndAllValuesAreEscapedAsDaprDoes() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, "k/1 é".getBytes(UTF_8), "1".getBytes(UTF_8));
        with(record, "a", "b c&d");

        Call call = deliver("escaping", record);

        assertThat(call.header("__key")).isEqualTo("k%2F1+%C3%A9");
        assertThat(call.header("a")).isEqualTo("b+c%26d");
        assertThat(call.headers().contains("sluice-encoded-headers")).isFalse();
    }

    @Test
    void excludedHeadersStayBehind() {
        Call call = deliver("excluding", with(with(record("1".getBytes(UTF_8)), "internal-a", "1"), "b", "2"));

        assertThat(call.headers().contains("internal-a")).isFalse();
        assertThat(call.header("b")).isEqualTo("2");
    }

    @Test
    void anAppThatSpeaksHttp2InClearGetsTheSame() {
        stage.gateway(Map.of(), List.of(input("h2c")), "--app-protocol=h2c");

        Call call = deliver("h2c", with(record(EVERY_BYTE), "Connection", "close"));

        assertThat(call.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(call.body().getBytes()).isEqualTo(EVERY_BYTE);
        assertThat(call.header("__topic")).isEqualTo(topic);
    }

    private Component input(String name) {
        return Component.input(stage.kafka(), name, topic);
    }

    private ProducerRecord<byte[], byte[]> record(byte[] value) {
        return new ProducerRecord<>(topic, 0, null, value);
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
        return record;
    }

    private Call deliver(ProducerRecord<byte[], byte[]> record) {
        return deliver("in", record);
    }

    /** The request that a binding makes of the record. */
    private Call deliver(String binding, ProducerRecord<byte[], byte[]> record) {
        String coordinates = stage.send(record).toString();
        return eventually()
                .until(
                        () -> stage.app().takenAt("/" + binding).stream()
                                .filter(call -> call.coordinates().equals(coordinates))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** As RFC 3986, 2.1, has it; {@code +} is a plus. */
    private static byte[] percentDecoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
