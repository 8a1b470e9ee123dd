/** Where a record goes: plug-ins of Kafka's producer, which makes them by class name. */
@NullMarked
package io.sluice.kafka.partition;

import org.jspecify.annotations.NullMarked;
