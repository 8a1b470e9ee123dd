/** Records of a topic reach an app, or a program on the event bus: the whole gateway over a real Kafka. */
@NullMarked
package io.sluice.it.input;

import org.jspecify.annotations.NullMarked;
