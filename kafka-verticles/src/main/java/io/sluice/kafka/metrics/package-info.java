/** Metrics that producing and consuming have in common. */
@NullMarked
package io.sluice.kafka.metrics;

import org.jspecify.annotations.NullMarked;
