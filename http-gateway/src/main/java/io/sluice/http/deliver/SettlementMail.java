package io.sluice.http.deliver;

import io.sluice.core.bus.SettlementBatch;
import io.sluice.core.message.DeliveryResult;
import io.vertx.core.Context;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the results of one tick by address, to send each address one message. Belongs to one context. */
final class SettlementMail {
    private final EventBus bus;
    private final Context context;
    private final DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    private final Map<String, List<Settled>> letters = new LinkedHashMap<>();

    private record Settled(long id, DeliveryResult result) {}

    SettlementMail(EventBus bus, Context context) {
        this.bus = bus;
        this.context = context;
    }

    /** Sends the result to {@code address} at the end of the tick. */
    void add(String address, long id, DeliveryResult result) {
        if (letters.isEmpty()) {
            context.runOnContext(endOfTick -> send());
        }
        letters.computeIfAbsent(address, unknown -> new ArrayList<>()).add(new Settled(id, result));
    }

    private void send() {
        letters.forEach((address, settled) -> bus.send(address, seal(settled), local));
        letters.clear();
    }

    private static SettlementBatch seal(List<Settled> settled) {
        long[] ids = new long[settled.size()];
        var results = new DeliveryResult[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = settled.get(i).id();
            results[i] = settled.get(i).result();
        }
        return new SettlementBatch(ids, results);
    }
}
