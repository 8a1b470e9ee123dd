package io.sluice.http.deliver;

import com.google.protobuf.ByteString;
import com.google.re2j.Pattern;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.HeaderFilter;
import io.sluice.core.message.RecordHeader;
import io.sluice.http.grpc.proto.BindingEventRequest;
import io.sluice.http.trace.MalformedBaggageException;
import io.sluice.http.trace.TraceHeaders;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a binding's records look like as messages. */
final class EventMessage {
    private static final ByteString TOMBSTONE = ByteString.copyFromUtf8("null");
    private static final byte[] NO_VALUE = {};

    /** What a record never says of itself. Beside these nothing is special: the entries frame nothing. */
    private static final HeaderNames NEVER_COPIED = HeaderNames.of(List.of(
            DeliveryHead.KEY,
            DeliveryHead.TOPIC,
            DeliveryHead.PARTITION,
            DeliveryHead.OFFSET,
            DeliveryHead.TIMESTAMP,
            DeliveryHead.TOKEN,
            WireHeaders.ENCODED));

    /** Of one header. Apps take 8 KiB of metadata with a call and refuse one that has more. */
    private static final int LONGEST_TRACE = 2048;

    private static final HeaderNames TRACE =
            HeaderNames.of(List.of(TraceHeaders.TRACEPARENT, TraceHeaders.TRACESTATE, TraceHeaders.BAGGAGE));

    private final String binding;
    private final boolean escape;
    private final @Nullable Pattern excluded;
    private final HeaderNames excludedNames;
    private final HeaderFilter filter;

    /** @param counter is run for each header that stays behind */
    EventMessage(KafkaBinding binding, Runnable counter) {
        this.binding = binding.name();
        this.excludedNames = Objects.requireNonNullElse(binding.delivery().excludedHeaders(), HeaderNames.NONE);
        this.filter = new HeaderFilter(binding.name(), excludedNames, counter);
        this.escape = binding.delivery().escapeHeaders();
        this.excluded = binding.producer().excludeHeaders();
    }

    BindingEventRequest of(Delivery delivery) {
        byte[] value = delivery.value();
        return BindingEventRequest.newBuilder()
                .setName(binding)
                .setData(value == null ? TOMBSTONE : ByteString.copyFrom(value))
                .putAllMetadata(entries(delivery))
                .build();
    }

    private Map<String, String> entries(Delivery delivery) {
        var entries = new EventEntries(escape);
        for (var header : delivery.headers()) {
            if (!NEVER_COPIED.contain(header.name()) && isWanted(header) && filter.passes(header.name())) {
                entries.putOctets(header.name(), octets(header));
            }
        }
        byte[] key = delivery.key();
        if (key != null) {
            entries.putOctets(DeliveryHead.KEY, key);
        }
        var coordinates = delivery.coordinates();
        entries.putText(DeliveryHead.TOPIC, coordinates.topic());
        entries.putText(DeliveryHead.PARTITION, Integer.toString(coordinates.partition()));
        entries.putText(DeliveryHead.OFFSET, Long.toString(coordinates.offset()));
        entries.putText(DeliveryHead.TIMESTAMP, Long.toString(delivery.timestamp()));
        return entries.whole();
    }

    /** The trace that the record belongs to, as metadata of the call; empty for most records. */
    Map<String, String> trace(Delivery delivery) {
        var found = MultiMap.caseInsensitiveMultiMap();
        for (var header : delivery.headers()) {
            if (TRACE.contain(header.name()) && isWanted(header) && !excludedNames.contain(header.name())) {
                byte[] value = octets(header);
                if (value.length <= LONGEST_TRACE && HeaderEncoding.isPlainValue(value)) {
                    found.set(header.name(), HeaderEncoding.ascii(value));
                }
            }
        }
        return found.isEmpty() ? Map.of() : checked(found);
    }

    private static Map<String, String> checked(MultiMap found) {
        try {
            return TraceHeaders.metadata(found);
        } catch (MalformedBaggageException malformed) {
            return checked(found.remove(TraceHeaders.BAGGAGE));
        }
    }

    private boolean isWanted(RecordHeader header) {
        return excluded == null || !excluded.matcher(header.name()).find();
    }

    private static byte[] octets(RecordHeader header) {
        return header.value() == null ? NO_VALUE : header.value();
    }
}
