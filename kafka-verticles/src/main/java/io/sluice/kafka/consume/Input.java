package io.sluice.kafka.consume;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.consume.courier.Courier;
import io.sluice.kafka.consume.courier.Couriers;
import io.sluice.kafka.consume.failure.DeadLetters;
import io.sluice.kafka.consume.failure.FailureLedger;
import io.sluice.kafka.consume.poll.ConsumerProperties;
import io.sluice.kafka.consume.poll.InputMemory;
import io.sluice.kafka.produce.KafkaServices;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What all consumers of one binding share. Safe for use from any thread. */
record Input(
        KafkaBinding binding,
        KafkaClients clients,
        Couriers couriers,
        @Nullable SchemaRegistry registry,
        InputHealth health,
        InputMetrics metrics,
        FailureLedger ledger,
        FailedRecordLog failedRecords,
        DeadLetters letters,
        InputMemory memory,
        LongSupplier clock) {
    private static final int LEDGER_ENTRIES = 1_000;
    /** A hand-over keeps the rest of the group waiting, so an app that takes longer gets the record twice. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

    static Input of(
            Vertx vertx,
            KafkaBinding binding,
            KafkaServices services,
            KafkaClients clients,
            Couriers couriers,
            InputMemory memory) {
        var metrics = new InputMetrics(services, binding.name());
        var health = new InputHealth(services.health(), binding);
        return new Input(
                binding,
                clients,
                couriers,
                registry(vertx, binding, metrics, health),
                health,
                metrics,
                new FailureLedger(LEDGER_ENTRIES),
                new FailedRecordLog(binding.name()),
                new DeadLetters(vertx, clients, binding),
                memory,
                new SteadyClock());
    }

    private static @Nullable SchemaRegistry registry(
            Vertx vertx, KafkaBinding binding, InputMetrics metrics, InputHealth health) {
        return binding.schema().valueSchemaType() == ValueSchemaType.NONE
                ? null
                : SchemaRegistry.of(vertx, binding.name(), binding.schema(), metrics::schemas, health::registry);
    }

    /** A new one, to be called on the context that opens it. */
    Courier courier() {
        return couriers.courier(binding, registry, metrics::headerExcluded);
    }

    String name() {
        return binding.name();
    }

    /** How long a hand-over waits for what is in flight. */
    Duration drainLimit() {
        Duration timeout = binding.delivery().timeout();
        return timeout.isZero() || timeout.compareTo(LONGEST_DRAIN) > 0 ? LONGEST_DRAIN : timeout;
    }

    /** That, but not longer than {@code limit}. */
    Duration drainLimit(Duration limit) {
        return limit.compareTo(drainLimit()) < 0 ? limit : drainLimit();
    }

    Future<Void> close() {
        binding.topics().forEach(topic -> memory.gone(ConsumerProperties.consumerName(binding, topic)));
        failedRecords.close();
        health.remove();
        metrics.remove();
        return letters.close().eventually(() -> registry == null ? Future.succeededFuture() : registry.close());
    }
}
