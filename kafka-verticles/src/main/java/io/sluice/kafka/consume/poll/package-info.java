/** The thread that owns a Kafka consumer, and what it tells. */
@NullMarked
package io.sluice.kafka.consume.poll;

import org.jspecify.annotations.NullMarked;
