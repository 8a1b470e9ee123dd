package io.sluice.kafka.produce;

import io.sluice.core.bus.OutcomeBatch;
import io.sluice.core.message.InvokeOutcome;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers outcomes by address, to send each address one message. Belongs to one context. */
final class OutcomeMail {
    private static final int FIRST_CAPACITY = 16;

    private final EventBus bus;
    private final DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    private final Map<String, Letter> letters = new LinkedHashMap<>();

    private static final class Letter {
        private long[] ids = new long[FIRST_CAPACITY];
        private InvokeOutcome[] outcomes = new InvokeOutcome[FIRST_CAPACITY];
        private int size;

        void add(long id, InvokeOutcome outcome) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
                outcomes = Arrays.copyOf(outcomes, size * 2);
            }
            ids[size] = id;
            outcomes[size] = outcome;
            size++;
        }

        OutcomeBatch seal() {
            return new OutcomeBatch(Arrays.copyOf(ids, size), Arrays.copyOf(outcomes, size));
        }
    }

    OutcomeMail(EventBus bus) {
        this.bus = bus;
    }

    void add(String address, long id, InvokeOutcome outcome) {
        letters.computeIfAbsent(address, unknown -> new Letter()).add(id, outcome);
    }

    /** Sends what was added since the last time. */
    void send() {
        letters.forEach((address, letter) -> bus.send(address, letter.seal(), local));
        letters.clear();
    }
}
