package io.sluice.http.invoke;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The calls of one binding that wait for the end of the tick. */
final class BindingLane {
    private static final int USUAL_SIZE = 16;

    private final MessageProducer<Object> producer;
    private final Set<Long> withdrawn = new HashSet<>();
    private final String replyTo;
    private final List<InvokeRequest> requests = new ArrayList<>();
    private long[] ids = new long[USUAL_SIZE];

    BindingLane(EventBus bus, String binding, String replyTo) {
        this.producer = bus.sender(Addresses.invoke(binding), new DeliveryOptions().setLocalOnly(true));
        this.replyTo = replyTo;
    }

    /** Appends a call; returns whether it is the first since the last {@link #takeBatch()}. */
    boolean add(long id, InvokeRequest request) {
        int size = requests.size();
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size] = id;
        requests.add(request);
        return size == 0;
    }

    /** Takes the calls out, in the order they came. */
    InvokeBatch takeBatch() {
        var batch =
                new InvokeBatch(replyTo, Arrays.copyOf(ids, requests.size()), requests.toArray(InvokeRequest[]::new));
        requests.clear();
        if (ids.length > USUAL_SIZE) {
            ids = new long[USUAL_SIZE];
        }
        return batch;
    }

    /** Remembers that nobody waits for a call; returns whether it is the first since {@link #sendWithdrawn}. */
    boolean withdraw(long id) {
        withdrawn.add(id);
        return withdrawn.size() == 1;
    }

    /** Tells whoever serves the binding; that nobody does is told to the calls themselves. */
    void sendWithdrawn() {
        producer.write(new InvokeWithdrawal(replyTo, withdrawn)).onFailure(nobodyThere -> {});
        withdrawn.clear();
    }

    /** Fails when nobody serves the binding. */
    Future<Void> send(InvokeBatch batch) {
        return producer.write(batch);
    }
}
