/** What clients of the gateway see while Kafka is away, slow or not what it should be. */
@NullMarked
package io.sluice.it.outage;

import org.jspecify.annotations.NullMarked;
