package io.sluice.kafka.consume.courier;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.HeaderFilter;
import io.sluice.core.message.RecordHeader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record as programs on the event bus get it; {@code docs/event-bus.md} describes the members. */
final class EventJson {
    private EventJson() {}

    static JsonObject of(Delivery delivery, HeaderFilter filter) {
        byte[] value = delivery.value();
        var json = new JsonObject()
                .put("topic", delivery.coordinates().topic())
                .put("partition", delivery.coordinates().partition())
                .put("offset", delivery.coordinates().offset())
                .put("timestamp", delivery.timestamp())
                .put("key", text(delivery.key()))
                .put("headers", headers(delivery, filter))
                .put("value", value);
        return value == null ? json : putData(json, value);
    }

    private static JsonObject headers(Delivery delivery, HeaderFilter filter) {
        var headers = new JsonObject();
        for (RecordHeader header : delivery.headers()) {
            if (filter.passes(header.name())) {
                headers.put(header.name(), header.text());
            }
        }
        return headers;
    }

    private static JsonObject putData(JsonObject json, byte[] value) {
        try {
            return json.put("data", Json.decodeValue(Buffer.buffer(value)));
        } catch (DecodeException notJson) {
            return json;
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
