package io.sluice.kafka.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.kafka.consume.progress.HeldRecords;
import io.sluice.kafka.metrics.CallSeries;
import io.sluice.kafka.produce.KafkaServices;
import io.sluice.kafka.schema.registry.SchemaMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The metrics of one input binding. Safe for use from any thread. */
final class InputMetrics {
    private static final double MILLIS_PER_SECOND = 1000;

    private final MeterRegistry registry;
    private final Tags common;
    private final List<Meter> meters = new CopyOnWriteArrayList<>();
    private final CallSeries taken;
    private final CallSeries refused;
    private final Counter skipped;
    private final Counter deadLettered;
    private final Counter blocked;
    private final Counter deadLetterFailures;
    private final Counter jumps;
    private final Counter commitFailures;
    private final Counter restarts;
    private final Map<String, InputStages> stages = new ConcurrentHashMap<>();
    private final Map<String, HeldRecords> held = new ConcurrentHashMap<>();
    private final AtomicInteger subscribed = new AtomicInteger();
    private @Nullable SchemaMetrics schemas;
    private @Nullable Counter excludedHeaders;

    InputMetrics(KafkaServices services, String binding) {
        this.registry = services.meters();
        this.common = services.tags(binding);
        this.taken = series(true);
        this.refused = series(false);
        this.skipped = counter("sluice_input_skipped", "Records that nobody took and that were passed over");
        this.deadLettered = counter("sluice_input_dead_lettered", "Records that went to the dead-letter topic");
        this.blocked = counter("sluice_input_blocked", "Records that block their lane");
        this.deadLetterFailures =
                counter("sluice_dead_letter_failures", "Attempts to write to the dead-letter topic that failed");
        this.jumps = counter(
                "sluice_input_position_jumps",
                "Times that a partition went on at another offset, as its log no longer had the one to be read");
        this.commitFailures = counter("sluice_input_commit_failures", "Commits that a broker did not take");
        this.restarts = counter("sluice_input_consumer_failures", "Consumers that failed and were started again");
        meters.add(Gauge.builder("sluice_input_subscribed", subscribed, AtomicInteger::get)
                .description("1 when the app takes the records of the binding, 0 when it does not")
                .tags(common)
                .register(registry));
        stages(
                "sluice_input_long_attempts",
                "Delivery attempts that have been running for longer than a minute",
                InputStages::longAttempts);
        stages(
                "sluice_input_unanswered",
                "Open delivery attempts while none has been answered for longer than usual",
                InputStages::unanswered);
        stages("sluice_input_retrying", "Records that wait for their next attempt", InputStages::retrying);
        stages("sluice_input_blocked_records", "Records that block their lane now", InputStages::blocked);
        held("sluice_input_window_records", "Records received and not settled", HeldRecords::records);
        held(
                "sluice_input_unsettled_age_seconds",
                "How long ago the oldest record that is not settled was received",
                all -> all.oldestAge() / MILLIS_PER_SECOND);
        stages("sluice_input_paused", "Partitions of which no more records are taken for now", InputStages::paused);
        stages(
                "sluice_input_memory_short",
                "Partitions of which no more records are taken because there is no memory for them",
                InputStages::memoryShort);
    }

    private CallSeries series(boolean success) {
        return new CallSeries(registry, "input", common.and("success", Boolean.toString(success)));
    }

    private Counter counter(String name, String description) {
        Counter counter =
                Counter.builder(name).description(description).tags(common).register(registry);
        meters.add(counter);
        return counter;
    }

    /** A record was offered, and taken or refused {@code nanos} later. */
    void delivered(boolean success, long nanos) {
        (success ? taken : refused).record(nanos);
    }

    private void stages(String name, String description, ToIntFunction<InputStages> count) {
        meters.add(Gauge.builder(name, stages, all -> all.values().stream()
                        .mapToInt(count)
                        .sum())
                .description(description)
                .tags(common)
                .register(registry));
    }

    private void held(String name, String description, ToDoubleFunction<HeldRecords> value) {
        meters.add(Gauge.builder(
                        name,
                        held,
                        all -> value.applyAsDouble(all.values().stream().reduce(HeldRecords.NONE, HeldRecords::and)))
                .description(description)
                .tags(common)
                .register(registry));
    }

    /** Whether the app takes the records of the binding. */
    void subscribed(boolean now) {
        subscribed.set(now ? 1 : 0);
    }

    /** Where the records of a topic are. */
    void stages(String topic, InputStages now) {
        stages.put(topic, now);
    }

    /** What is held of a topic. */
    void held(String topic, HeldRecords now) {
        held.put(topic, now);
    }

    /** Counts headers of records that stay behind; there from the first one on, as most bindings have none. */
    synchronized void headerExcluded() {
        if (excludedHeaders == null) {
            excludedHeaders = counter("sluice_input_excluded_headers", "Headers of records that were not delivered");
        }
        excludedHeaders.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    void blocked() {
        blocked.increment();
    }

    void deadLetterFailed() {
        deadLetterFailures.increment();
    }

    void jumped() {
        jumps.increment();
    }

    void commitFailed() {
        commitFailures.increment();
    }

    void consumerFailed() {
        restarts.increment();
    }

    /** The gauge of a partition, until it is removed. */
    PartitionMeters partition(TopicPartition partition) {
        Tags tags = common.and("topic", partition.topic(), "partition", Integer.toString(partition.partition()));
        return new PartitionMeters(registry, tags);
    }

    /** Those of the binding's schema registry. */
    synchronized SchemaMetrics schemas() {
        if (schemas == null) {
            schemas = new SchemaMetrics(registry, common.and("direction", "input"));
        }
        return schemas;
    }

    /** Takes the meters away, so that a binding of the same name can bring its own. */
    synchronized void remove() {
        meters.forEach(registry::remove);
        taken.remove();
        refused.remove();
        if (schemas != null) {
            schemas.remove();
        }
    }
}
