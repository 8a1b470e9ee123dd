/** Kafka and a demo for development and tests. */
@NullMarked
package io.sluice.dev;

import org.jspecify.annotations.NullMarked;
