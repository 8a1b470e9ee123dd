/**
 * Output bindings: calls from the event bus become acknowledged records. {@link io.sluice.kafka.produce.OutputBindings} is
 * the way in.
 */
@NullMarked
package io.sluice.kafka.produce;

import org.jspecify.annotations.NullMarked;
