package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.bytes;
import static io.sluice.http.deliver.DeliveryHarness.header;
import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.RecordHeader;
import io.sluice.http.grpc.proto.BindingEventRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventMessageTest {
    private static final Set<String> OWN = Set.of("__topic", "__partition", "__offset", "__timestamp");

    private final EventMessage plain = new EventMessage(declared("orders").toBinding(), () -> {});

    @Test
    void aTombstoneIsNullAndAnEmptyValueIsEmptyAndBytesStayAsTheyAre() {
        assertThat(plain.of(record(null)).getData()).isEqualTo(ByteString.copyFromUtf8("null"));
        assertThat(plain.of(record("")).getData()).isEqualTo(ByteString.EMPTY);
        var all = new Delivery(new Coordinates("t", 0, 0), 0, null, new byte[] {0, -1, 127}, List.of());
        assertThat(plain.of(all).getData().toByteArray()).containsExactly(0, -1, 127);
    }

    @Test
    void headersThatFrameRequestsOverHttpAreOrdinaryAndTheGatewaysOwnCannotBeForged() {
        var metadata = plain.of(record(
                        "1",
                        header("Content-Type", "text/plain"),
                        header("content-length", "7"),
                        header("__topic", "forged"),
                        header("__KEY", "forged"),
                        header("sluice-encoded-headers", "forged"),
                        header("twice", "first"),
                        header("twice", "last")))
                .getMetadataMap();

        assertThat(metadata)
                .isEqualTo(Map.of(
                        "Content-Type", "text/plain",
                        "content-length", "7",
                        "twice", "last",
                        "__topic", "topic",
                        "__partition", "3",
                        "__offset", "42",
                        "__timestamp", "1700000000123"));
    }

    @Test
    void whatIsNoTextIsEncodedAndListed() {
        var metadata = plain.of(new Delivery(
                        new Coordinates("t", 0, 0),
                        0,
                        new byte[] {-1, 'k', 0},
                        null,
                        List.of(
                                new RecordHeader("A b", new byte[] {-61}),
                                header("100%", "x"),
                                new RecordHeader("none", null),
                                header("Käse", "ü b"))))
                .getMetadataMap();

        assertThat(metadata)
                .containsEntry("sluice-encoded-headers", "A%20b, 100%25, __key")
                .containsEntry("A%20b", "%C3")
                .containsEntry("100%25", "x")
                .containsEntry("__key", "%FFk%00")
                .containsEntry("none", "")
                .containsEntry("Käse", "ü b");
    }

    @Test
    void escapedValuesAreAsDaprEscapesThem() {
        var escaping = new EventMessage(declared("orders").escaping().toBinding(), () -> {});

        var metadata =
                escaping.of(record("the key", "1", header("Note", "a b/ü"))).getMetadataMap();

        assertThat(metadata).containsEntry("__key", "the+key").containsEntry("Note", "a+b%2F%C3%BC");
    }

    @Test
    void excludedHeadersStayBehindAndSoDoesTheirTrace() {
        var excluding = new EventMessage(
                declared("orders").excluding("^trace|^internal").toBinding(), () -> {});
        var record = record(
                "1",
                header("internal-x", "1"),
                header("x", "2"),
                header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        assertThat(excluding.of(record).getMetadataMap())
                .containsKey("x")
                .doesNotContainKeys("internal-x", "traceparent");
        assertThat(excluding.trace(record)).isEmpty();
    }

    /** Nothing acts by itself on what a message says: only what the component names stays behind. */
    @Test
    void headersStayBehindIfTheComponentNamesThem() {
        var record = record(
                "1",
                header("Authorization", "1"),
                header("X_Mine", "2"),
                header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        var counted = new AtomicInteger();
        var leaving = new EventMessage(
                declared("orders").leaving("x-mine", "Traceparent").toBinding(), counted::incrementAndGet);

        assertThat(plain.of(record).getMetadataMap()).containsKeys("Authorization", "X_Mine", "traceparent");
        assertThat(leaving.of(record).getMetadataMap())
                .containsKey("Authorization")
                .doesNotContainKeys("X_Mine", "traceparent");
        assertThat(leaving.trace(record)).isEmpty();
        assertThat(counted).hasValue(2);
    }

    @Test
    void aTraceThatIsNoneStaysInTheMessage() {
        assertThat(plain.trace(record("1", header("traceparent", "hello"), header("tracestate", "a=1"))))
                .isEmpty();
        assertThat(plain.trace(record("1", header("baggage", "a=1;;=")))).isEmpty();
        assertThat(plain.trace(record("1", header("Baggage", "a=1")))).isEqualTo(Map.of("baggage", "a=1"));
        assertThat(plain.trace(record("1", header("baggage", "ü")))).isEmpty();
        assertThat(plain.trace(record("1", header("baggage", "a=" + "x".repeat(4000)))))
                .isEmpty();
    }

    @Property(tries = 300)
    void whateverTheHeadersTheyAreTextAndDecodeToWhatTheyWere(@ForAll("headers") List<RecordHeader> headers)
            throws Exception {
        var delivery = new Delivery(new Coordinates("t", 0, 0), 0, null, bytes("1"), headers);

        var metadata =
                BindingEventRequest.parseFrom(plain.of(delivery).toByteArray()).getMetadataMap();

        assertThat(decode(metadata)).isEqualTo(expected(headers));
    }

    @Provide
    Arbitrary<List<RecordHeader>> headers() {
        var names = Arbitraries.of("a", "A", "a b", "a%20b", "", "ü", "x,y", "\n", "%", "sluice");
        var values = Arbitraries.bytes().array(byte[].class).ofMaxSize(4);
        return Combinators.combine(names, values).as(RecordHeader::new).list().ofMaxSize(6);
    }

    private static Map<String, String> expected(List<RecordHeader> headers) {
        var last = new LinkedHashMap<String, String>();
        headers.forEach(header -> last.put(header.name(), HexFormat.of().formatHex(header.value())));
        return last;
    }

    private static Map<String, String> decode(Map<String, String> metadata) {
        var encoded =
                List.of(metadata.getOrDefault("sluice-encoded-headers", "").split(", ", -1));
        var decoded = new LinkedHashMap<String, String>();
        metadata.forEach((name, value) -> {
            if (!OWN.contains(name) && !name.equals("sluice-encoded-headers")) {
                boolean isEncoded = metadata.containsKey("sluice-encoded-headers") && encoded.contains(name);
                decoded.put(
                        isEncoded ? new String(unescape(name), StandardCharsets.UTF_8) : name,
                        HexFormat.of().formatHex(isEncoded ? unescape(value) : bytes(value)));
            }
        });
        return decoded;
    }

    private static byte[] unescape(String text) {
        var out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toByteArray();
    }
}
