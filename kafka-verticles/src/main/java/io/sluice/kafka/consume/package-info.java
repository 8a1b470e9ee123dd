/** Input bindings: Kafka's records go to the app, in order, and none is lost. {@code InputBindings} is the way in. */
@NullMarked
package io.sluice.kafka.consume;

import org.jspecify.annotations.NullMarked;
