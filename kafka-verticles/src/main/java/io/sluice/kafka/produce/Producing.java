package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import org.jspecify.annotations.Nullable;

/** A binding and what it produces with. */
record Producing(
        KafkaBinding binding,
        ProducerPair producers,
        @Nullable SchemaRegistry registry,
        OutputHealth health) {}
