/** Real Kafka brokers for trying things out and for tests: one in this JVM, or a few in JVMs of their own. */
@NullMarked
package io.sluice.dev.kafka;

import org.jspecify.annotations.NullMarked;
