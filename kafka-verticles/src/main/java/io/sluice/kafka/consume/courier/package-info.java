/** The ways from a consumed record to whoever takes it. */
@NullMarked
package io.sluice.kafka.consume.courier;

import org.jspecify.annotations.NullMarked;
