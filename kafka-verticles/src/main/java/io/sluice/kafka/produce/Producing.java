package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;

/** A binding and what it produces with. */
record Producing(KafkaBinding binding, SharedProducer producer, OutputHealth health) {}
