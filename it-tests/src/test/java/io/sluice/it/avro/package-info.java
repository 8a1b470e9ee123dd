/** Avro between the gateway, a real registry and a real broker: {@link io.sluice.it.avro.WithRegistry} is the door. */
@NullMarked
package io.sluice.it.avro;

import org.jspecify.annotations.NullMarked;
