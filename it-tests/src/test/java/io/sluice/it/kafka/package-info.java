/** Kafka for the integration tests: {@link io.sluice.it.kafka.WithKafka} is the door. */
@NullMarked
package io.sluice.it.kafka;

import org.jspecify.annotations.NullMarked;
