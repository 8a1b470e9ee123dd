package io.sluice.kafka.produce;

import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.kafka.schema.avro.AvroMismatch;
import io.sluice.kafka.schema.registry.LookupFailure;
import io.sluice.kafka.schema.registry.SchemaKey;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.sluice.kafka.schema.registry.WriterSchema;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records whose schema is known go on at once; the others wait for the registry, and those that come after them for the
 * same schema wait behind them. Belongs to one context.
 *
 * <pre>{@code
 *   known, nobody waits ──────────────────────► encode
 *   else ──► queue of the schema ──► answer ──► encode, one after the other, some in a tick
 * }</pre>
 */
final class SchemaGate {
    /** Encoding what waited for a slow registry must not keep the event loop from everything else. */
    private static final int IN_A_TICK = 64;

    private final Context context;
    private final @Nullable SchemaRegistry registry;
    private final Map<SchemaKey, Queue<Waiting>> waiting = new HashMap<>();

    private record Waiting(Call call, Consumer<Answer> then) {}

    /** What came of waiting. */
    @FunctionalInterface
    interface Answer {
        /** @throws Refusal when there is no schema */
        WriterSchema schema();
    }

    /** @param registry null for a binding whose requests never get here */
    SchemaGate(Context context, @Nullable SchemaRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    /** The schema, if the caller may use it now; null when it has to {@link #await}. */
    @Nullable
    WriterSchema known(SchemaKey key) {
        return waiting.containsKey(key) ? null : registry().known(key);
    }

    /** Calls back once, on the context and not at once, after whoever waits for the same schema already. */
    void await(SchemaKey key, Call call, Consumer<Answer> then) {
        Queue<Waiting> queue = waiting.get(key);
        if (queue != null) {
            queue.add(new Waiting(call, then));
            return;
        }
        queue = new ArrayDeque<>();
        queue.add(new Waiting(call, then));
        waiting.put(key, queue);
        lookUp(key);
    }

    private void lookUp(SchemaKey key) {
        // It may come on any thread.
        registry().find(key).onComplete(found -> answer(key, of(found)));
    }

    private void answer(SchemaKey key, Answer answer) {
        context.runOnContext(v -> {
            Queue<Waiting> queue = waiting.get(key);
            if (queue != null) {
                answer(key, queue, queue.size(), answer);
            }
        });
    }

    /** @param count how many were there when the answer came; who came later may need a newer one */
    private void answer(SchemaKey key, Queue<Waiting> queue, int count, Answer answer) {
        int left = count;
        try {
            for (int i = 0; i < IN_A_TICK && left > 0 && !queue.isEmpty(); i++) {
                left--;
                queue.remove().then.accept(answer);
            }
        } finally {
            // Also when one of them throws: nobody else would be answered any more.
            goOn(key, queue, left, answer);
        }
    }

    private void goOn(SchemaKey key, Queue<Waiting> queue, int left, Answer answer) {
        if (queue.isEmpty()) {
            waiting.remove(key, queue);
        } else if (left > 0) {
            context.runOnContext(v -> answer(key, queue, left, answer));
        } else {
            askAgain(key);
        }
    }

    private void askAgain(SchemaKey key) {
        WriterSchema known = registry().known(key);
        if (known != null) {
            answer(key, () -> known);
        } else {
            lookUp(key);
        }
    }

    private static Answer of(AsyncResult<WriterSchema> found) {
        return found.succeeded() ? found::result : refusing(failure(found.cause()));
    }

    private static Failure failure(Throwable cause) {
        return new Failure(Reason.SCHEMA, LookupFailure.of(cause).detail());
    }

    private static Answer refusing(Failure failure) {
        return () -> {
            throw new Refusal(failure);
        };
    }

    /** Refuses those who wait for callers who are gone. */
    void withdraw(InvokeWithdrawal gone) {
        Answer refusal = refusing(Call.WITHDRAWN);
        waiting.values()
                .forEach(queue -> queue.removeIf(one -> {
                    boolean withdrawn = one.call.isWithdrawn(gone);
                    if (withdrawn) {
                        one.then.accept(refusal);
                    }
                    return withdrawn;
                }));
    }

    /** Refuses who waits; nobody may come from here on. */
    void shut() {
        Answer closed = refusing(new Failure(Reason.CLOSED, "component is closed"));
        for (Queue<Waiting> queue : waiting.values()) {
            for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
                next.then.accept(closed);
            }
        }
        waiting.clear();
    }

    private SchemaRegistry registry() {
        return Objects.requireNonNull(registry);
    }

    /** The record with its value, a JSON text, encoded. */
    static ProducerRecord<byte[], byte[]> encoded(ProducerRecord<byte[], byte[]> record, WriterSchema schema) {
        try {
            byte[] value = schema.encode(record.value());
            return new ProducerRecord<>(record.topic(), record.partition(), record.key(), value, record.headers());
        } catch (AvroMismatch mismatch) {
            throw new Refusal(new Failure(Reason.SCHEMA, String.valueOf(mismatch.getMessage())));
        }
    }
}
