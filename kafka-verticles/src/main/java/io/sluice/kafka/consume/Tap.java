package io.sluice.kafka.consume;

import io.sluice.core.bus.Addresses;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells whoever listens on the event bus what became of each record; nobody waits for that. */
final class Tap {
    private final EventBus bus;
    private final String address;

    Tap(EventBus bus, String binding) {
        this.bus = bus;
        this.address = Addresses.tap(binding);
    }

    /** @param attempts how often the record was offered to somebody who was there */
    void settled(ConsumerRecord<?, ?> record, String outcome, int attempts) {
        bus.publish(
                address,
                new JsonObject()
                        .put("topic", record.topic())
                        .put("partition", record.partition())
                        .put("offset", record.offset())
                        .put("outcome", outcome)
                        .put("attempts", attempts));
    }
}
