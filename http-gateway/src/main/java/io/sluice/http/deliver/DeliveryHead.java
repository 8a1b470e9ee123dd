package io.sluice.http.deliver;

import com.google.re2j.Pattern;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.Secret;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.HeaderFilter;
import io.sluice.core.message.RecordHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a binding's records look like as requests, apart from the body. */
final class DeliveryHead {
    static final String TOKEN = "dapr-api-token";
    static final String JSON = "application/json";
    static final String CONTENT_TYPE = "content-type";
    static final String KEY = "__key";
    static final String TOPIC = "__topic";
    static final String PARTITION = "__partition";
    static final String OFFSET = "__offset";
    static final String TIMESTAMP = "__timestamp";

    /** What a record never says: how the request is framed (RFC 9110, 7.6.1), what it is, and who sends it. */
    private static final HeaderNames NEVER_COPIED = HeaderNames.of(List.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            KEY,
            TOPIC,
            PARTITION,
            OFFSET,
            TIMESTAMP,
            TOKEN,
            WireHeaders.ENCODED));

    private static final byte[] NO_VALUE = {};

    private final String path;
    private final boolean escapeHeaders;
    private final @Nullable Pattern excluded;
    private final HeaderFilter filter;
    private final @Nullable Secret appToken;

    /** @param counter is run for each header that stays behind */
    DeliveryHead(KafkaBinding binding, @Nullable Secret appToken, Runnable counter) {
        this.path = RequestPath.of(binding.route());
        this.escapeHeaders = binding.delivery().escapeHeaders();
        this.excluded = binding.producer().excludeHeaders();
        this.filter = new HeaderFilter(
                binding.name(),
                Objects.requireNonNullElse(binding.delivery().excludedHeaders(), HeaderNames.OF_REQUESTS),
                counter);
        this.appToken = appToken;
    }

    String path() {
        return path;
    }

    /** Everything of a record but its body. */
    WireHeaders of(Delivery delivery) {
        var wire = new WireHeaders(escapeHeaders);
        wire.putText(CONTENT_TYPE, JSON);
        for (var header : delivery.headers()) {
            if (excluded == null || !excluded.matcher(header.name()).find()) {
                copy(wire, header);
            }
        }
        addCoordinates(wire, delivery);
        if (appToken != null) {
            wire.putText(TOKEN, appToken.reveal());
        }
        wire.end();
        return wire;
    }

    private void copy(WireHeaders wire, RecordHeader header) {
        if (NEVER_COPIED.contain(header.name()) || !filter.passes(header.name())) {
            return;
        }
        byte[] value = header.value() == null ? NO_VALUE : header.value();
        if (header.name().equalsIgnoreCase(CONTENT_TYPE)) {
            copyContentType(wire, value);
        } else {
            wire.putOctets(header.name(), value);
        }
    }

    /** Never encoded or escaped: it would not be a type any more. */
    private static void copyContentType(WireHeaders wire, byte[] value) {
        if (value.length > 0 && HeaderEncoding.isPlainValue(value)) {
            wire.putText(CONTENT_TYPE, new String(value, StandardCharsets.US_ASCII));
        }
    }

    private static void addCoordinates(WireHeaders wire, Delivery delivery) {
        byte[] key = delivery.key();
        if (key != null) {
            wire.putOctets(KEY, key);
        }
        var coordinates = delivery.coordinates();
        wire.putText(TOPIC, coordinates.topic());
        wire.putText(PARTITION, Integer.toString(coordinates.partition()));
        wire.putText(OFFSET, Long.toString(coordinates.offset()));
        wire.putText(TIMESTAMP, Long.toString(delivery.timestamp()));
    }
}
