package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.binding.Secret;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.RecordHeader;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderEncodingTest {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9a-z-]+";
    private static final String FIELD_VALUE = "([!-~]([ -~]*[!-~])?)?";
    private static final Set<String> RESERVED = Set.of("content-type", "host", "__key");

    @Property
    void whateverTheHeadersTheyAreValidAndDecodeToWhatTheyWere(@ForAll("headers") List<RecordHeader> headers) {
        var sent = HttpHeaders.headers();
        new DeliveryHead(InputBinding.declared("orders").toBinding(), null, () -> {})
                .of(new Delivery(new Coordinates("topic", 0, 0), 0, new byte[] {-1}, null, headers))
                .forEach(sent::add);

        sent.forEach((name, value) -> {
            assertThat(name).matches(TOKEN);
            assertThat(value).matches(FIELD_VALUE);
            assertThat(sent.getAll(name)).as(name).hasSize(1);
        });
        var decoded = decode(sent.entries());
        expected(headers).forEach((name, value) -> assertThat(decoded).containsEntry(name, value));
        assertThat(decoded).containsEntry("__key", "ff");
        assertThat(decoded).hasSize(expected(headers).size() + ownHeaders(sent.names()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\n", "\u0000", "\u007f", "ü"})
    void aTokenThatWouldBeReadAsSomethingElseIsNotSent(String token) {
        var head = new DeliveryHead(InputBinding.declared("orders").toBinding(), new Secret(token), () -> {});
        var record = new Delivery(new Coordinates("topic", 0, 0), 0, null, null, List.of());

        assertThatThrownBy(() -> head.of(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dapr-api-token")
                .hasMessageNotContaining(token);
    }

    @Provide
    Arbitrary<List<RecordHeader>> headers() {
        var plainNames = Arbitraries.of("a", "A", "%41", "%", "x-y", "__key", "Content-Type", "Host", "a b", "ü", "");
        var anyNames = Arbitraries.strings()
                .ofMaxLength(8)
                .filter(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name));
        var names = Arbitraries.oneOf(plainNames, anyNames);
        var octets = Arbitraries.bytes().array(byte[].class).ofMaxSize(12);
        var texts = Arbitraries.strings().ascii().ofMaxLength(12).map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Combinators.combine(names, Arbitraries.oneOf(octets, texts))
                .as(RecordHeader::new)
                .list()
                .ofMaxSize(6);
    }

    @ParameterizedTest
    @CsvSource({"a b, a+b", "-_.~, -_.~", "*, %2A", "a/b?c=d&e, a%2Fb%3Fc%3Dd%26e", "ü, %C3%BC", "+%, %2B%25"})
    void queryEscapingIsThatOfGo(String text, String escaped) {
        assertThat(HeaderEncoding.queryEscape(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(escaped);
    }

    @ParameterizedTest
    @CsvSource({
        "orders, /orders",
        "/orders/, /orders",
        "a//b/./c/../d, /a/b/d",
        "../../x, /x",
        "with blank, /with%20blank",
        "already%20escaped, /already%20escaped",
        "100%, /100%25",
        "ü, /%C3%BC",
        "a:b@c;d=e, /a:b@c;d=e",
        "a?b=1, /a?b=1",
        "a/?b=c d/../e, /a?b=c%20d/../e",
        "my orders, /my%20orders",
        "a?b#c, /a?b"
    })
    void aRouteBecomesACleanPath(String route, String path) {
        assertThat(RequestPath.of(route)).isEqualTo(path);
    }

    /** What a receiver does that knows of the list. */
    private static Map<String, String> decode(List<Map.Entry<String, String>> sent) {
        var encoded = sent.stream()
                .filter(header -> header.getKey().equals("sluice-encoded-headers"))
                .flatMap(header -> List.of(header.getValue().split(", ")).stream())
                .toList();
        var decoded = new HashMap<String, String>();
        sent.forEach(header -> {
            boolean isEncoded = encoded.contains(header.getKey());
            var name = isEncoded ? new String(unescape(header.getKey()), StandardCharsets.UTF_8) : header.getKey();
            var value =
                    isEncoded ? unescape(header.getValue()) : header.getValue().getBytes(StandardCharsets.US_ASCII);
            assertThat(decoded.put(name, HexFormat.of().formatHex(value)))
                    .as(name)
                    .isNull();
        });
        return decoded;
    }

    private static byte[] unescape(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** Names without the case of ASCII letters, the last value of each. */
    private static Map<String, String> expected(List<RecordHeader> headers) {
        var expected = new HashMap<String, String>();
        headers.forEach(header -> {
            var name = lowerAscii(header.name());
            if (!name.isEmpty() && !RESERVED.contains(name)) {
                expected.put(name, HexFormat.of().formatHex(header.value()));
            }
        });
        return expected;
    }

    private static int ownHeaders(Set<String> names) {
        return (int) names.stream()
                .filter(name -> name.startsWith("__") || name.equals("content-type") || name.startsWith("sluice-"))
                .count();
    }

    private static String lowerAscii(String name) {
        var lower = new StringBuilder();
        name.chars()
                .mapToObj(Character::toString)
                .map(c -> c.charAt(0) < 128 ? c.toLowerCase(Locale.ROOT) : c)
                .forEach(lower::append);
        return lower.toString();
    }
}
