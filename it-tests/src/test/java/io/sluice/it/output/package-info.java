/** One call over HTTP or the event bus becomes one record: the whole gateway over a real Kafka. */
@NullMarked
package io.sluice.it.output;

import org.jspecify.annotations.NullMarked;
