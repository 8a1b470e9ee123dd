package io.sluice.http.deliver;

import io.sluice.core.bus.Gathering;
import io.sluice.core.bus.SettlementBatch;
import io.sluice.core.message.DeliveryResult;
import io.vertx.core.Context;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the results of one tick by address, to send each address few messages. They are sent before the tick ends once
 * {@link Gathering there are enough}: while the rest is read the app can work on the next records. Belongs to one context.
 */
final class SettlementMail {
    private final EventBus bus;
    private final Context context;
    private final CallLimiter calls;
    private final DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    private final Map<String, List<Settled>> letters = new HashMap<>();
    private boolean scheduled;

    private record Settled(long id, DeliveryResult result) {}

    /** @param calls those that results come of, some perhaps while others are let in */
    SettlementMail(EventBus bus, Context context, CallLimiter calls) {
        this.bus = bus;
        this.context = context;
        this.calls = calls;
    }

    /** Sends the result to {@code address}, at the end of the tick at the latest. */
    void add(String address, long id, DeliveryResult result) {
        List<Settled> letter = letters.computeIfAbsent(address, unknown -> new ArrayList<>());
        letter.add(new Settled(id, result));
        if (!calls.isAdmitting() && letter.size() >= Gathering.enough(calls.inside())) {
            letters.remove(address);
            send(address, letter);
        } else if (!scheduled) {
            scheduled = true;
            context.runOnContext(endOfTick -> sendAll());
        }
    }

    private void sendAll() {
        scheduled = false;
        letters.forEach(this::send);
        letters.clear();
    }

    private void send(String address, List<Settled> letter) {
        bus.send(address, seal(letter), local);
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
