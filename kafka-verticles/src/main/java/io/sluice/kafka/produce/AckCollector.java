package io.sluice.kafka.produce;

import io.sluice.core.message.InvokeOutcome;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings outcomes from Kafka's network thread to the verticle's context: however many come while one hand-over is
 * scheduled, they cross together.
 *
 * <pre>
 *  Kafka's thread   add add add        add add
 *                    │   └───┤          └───┤
 *  context           └───────► drain [3] ───► drain [2]
 * </pre>
 */
final class AckCollector {
    private final Context context;
    private final Consumer<List<Settled>> drain;
    private List<Settled> gathered = new ArrayList<>();
    private boolean scheduled;

    /** A call with its outcome, and the bytes that its record held. */
    record Settled(Call call, int bytes, InvokeOutcome outcome) {}

    /** @param drain called on {@code context}, with at least one */
    AckCollector(Context context, Consumer<List<Settled>> drain) {
        this.context = context;
        this.drain = drain;
    }

    /** Called on any thread. */
    void add(Settled settled) {
        boolean first;
        synchronized (this) {
            gathered.add(settled);
            first = !scheduled;
            scheduled = true;
        }
        if (first) {
            schedule();
        }
    }

    private void schedule() {
        try {
            context.runOnContext(v -> drain.accept(takeAll()));
        } catch (RuntimeException | Error e) {
            // Then the next one schedules it; otherwise no outcome would ever cross again.
            notScheduled();
            throw e;
        }
    }

    private synchronized void notScheduled() {
        scheduled = false;
    }

    private synchronized List<Settled> takeAll() {
        scheduled = false;
        List<Settled> all = gathered;
        gathered = new ArrayList<>(all.size());
        return all;
    }
}
